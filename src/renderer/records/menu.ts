/** What the menu of a row of the list offers. */
import { Filter, FilterX, Repeat2, VolumeX } from "lucide-react";
import type { ListRow } from "../../shared/contract.ts";
import { levelName, Level } from "../../shared/model/level.ts";
import { fileName } from "../../shared/text/path.ts";
import { call } from "../bridge.ts";
import { focusGroups } from "../detail/menu.ts";
import { termActions } from "../filter/menu.ts";
import { subMenu, type MenuAction, type MenuParts } from "../menu/parts.ts";
import type { MenuSpot } from "../menu/places.ts";
import { useCase } from "../state/case.ts";
import { attempt, notify } from "../state/notices.ts";
import { mute, showLines } from "../templates/store.ts";

interface Term {
  readonly field: string;
  readonly value: string;
  readonly shown: string;
  /** Class of the cell that shows it. */
  readonly cell: string;
}

function termsOf(row: ListRow): readonly Term[] {
  const { service } = row.type === "record" ? row.record : row.event;
  const terms: Term[] = [];
  const add = (field: string, value: string, cell: string, shown = value): void => {
    if (value !== "") terms.push({ field, value, shown, cell });
  };
  add("service", service ?? "", "cell-service");
  if (row.type === "event") {
    add("severity", row.event.severity.toLowerCase(), "severity");
    add("kind", row.event.kind, "kind");
    add("trace", row.event.traceId ?? "", "");
    add("request", row.event.requestId ?? "", "");
    return terms;
  }
  const { level, sourceId, kind } = row.record;
  if (level !== Level.none) add("level", levelName(level), "severity");
  const path = useCase.getState().sources.find(({ id }) => id === sourceId)?.path ?? "";
  add("source", path, "cell-source", fileName(path));
  add("kind", kind, "kind");
  return terms;
}

/** What the cell under the pointer shows comes first; the other values of the row are one step away. */
function termGroups(row: ListRow, target: Element): MenuParts {
  const terms = termsOf(row);
  const first = terms.find(({ cell }) => cell !== "" && target.closest(`.${cell}`) !== null) ?? terms[0];
  if (first === undefined) return [];
  const others = terms
    .filter((term) => term !== first)
    .map(({ field, value, shown }) => termActions(field, value, shown));
  const each = (at: 0 | 1): readonly MenuAction[] => others.flatMap((actions) => actions[at] ?? []);
  return [
    [
      ...termActions(first.field, first.value, first.shown),
      ...subMenu("Filter for another value", Filter, each(0)),
      ...subMenu("Filter out another value", FilterX, each(1)),
    ],
  ];
}

/** The template is asked for when somebody wants it: not every record has one. */
function withTemplate(ref: string, act: (id: string) => void | Promise<void>): () => void {
  return () =>
    attempt(async () => {
      const template = await call("templates.ofRecord", { ref });
      if (template === null) notify("info", "This record has no template: only messages of logs have one.");
      else await act(template.id);
    });
}

const templateGroup = (row: ListRow): MenuParts[number] =>
  row.type === "record" && row.record.kind === "log"
    ? [
        { title: "Show lines like this", icon: Repeat2, run: withTemplate(row.record.ref, showLines) },
        { title: "Mute lines like this", icon: VolumeX, run: withTemplate(row.record.ref, mute) },
      ]
    : [];

export function rowMenu(row: ListRow, { target }: Pick<MenuSpot, "target">): MenuParts {
  const focus =
    row.type === "record"
      ? ({ type: "record", ref: row.record.ref } as const)
      : ({ type: "event", id: row.event.id } as const);
  const time = row.type === "record" ? row.record.time : row.event.time;
  return [...termGroups(row, target), templateGroup(row), ...focusGroups(focus, time)];
}
