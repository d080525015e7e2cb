// The reader's calls about templates.
import type { Selection } from "../../../shared/contract.ts";
import type { CallContext } from "../threads/rpc.ts";
import type { OpenCase } from "./open-case.ts";
import type { ReadCall, ReaderMethods } from "./protocol.ts";
import type { Selected } from "./selected.ts";
import { listTemplates } from "./template-list.ts";
import { templateOfRecord, templateValues } from "./template-values.ts";

type TemplateMethods = Pick<ReaderMethods, Extract<ReadCall, `templates.${string}`> | "templateText">;

export function templateMethods(
  current: (context: CallContext) => OpenCase,
  withoutIndex: (context: CallContext) => OpenCase,
  selectedOf: (selection: Selection, context: CallContext) => { open: OpenCase; selected: Selected },
): TemplateMethods {
  return {
    "templates.list"({ selection }, context) {
      const { open, selected } = selectedOf(selection, context);
      const { selected: all } = selectedOf({ ...selection, from: null, to: null }, context);
      return listTemplates(open, selection, { selected, all }, check(context));
    },
    "templates.values"({ id, selection }, context) {
      const { open, selected } = selectedOf(selection, context);
      return templateValues(open, id, selected, check(context));
    },
    "templates.ofRecord": ({ ref }, context) => templateOfRecord(current(context), ref, check(context)),
    "templates.muted"(_input, context) {
      // Asked of every case that is opened: where nobody has decided anything, no record has to be looked at.
      if (withoutIndex(context).tables.templateDecisions().length === 0) return [];
      return current(context)
        .templates.templates(check(context))
        .flatMap(({ id, text, count, muted }) => (muted === null ? [] : [{ id, text, count, decision: muted }]));
    },
    templateText: ({ id }, context) =>
      current(context)
        .templates.templates(check(context))
        .find((template) => template.id === id)?.text ?? null,
  };
}

const check =
  (context: CallContext): (() => void) =>
  () =>
    context.checkpoint();
