/** Puts text on the clipboard and says so. */
import type { CallOutput, RecordDetail } from "../../shared/contract.ts";
import { call } from "../bridge.ts";
import { useFocus } from "../state/focus.ts";
import { attempt, notify } from "../state/notices.ts";
import { looseText } from "./bytes.ts";

type Event = NonNullable<CallOutput<"events.get">>;

export function copy(what: string, text: string): void {
  attempt(async () => {
    await navigator.clipboard.writeText(text);
    notify("info", `${what} copied.`);
  });
}

/** All that is known of a record, with its own text. */
export function recordAsJson(record: RecordDetail): string {
  const { raw, fields, ...rest } = record;
  return JSON.stringify({ ...rest, fields: Object.fromEntries(fields), raw: looseText(raw) }, null, 2);
}

const eventAsText = ({ title, description }: Event): string =>
  description === "" || description === title ? title : `${title}\n${description}`;

/** Copies what is selected, in any view: a record as its source wrote it, an event in words, either as JSON. */
export function copyFocus(as: "text" | "json"): void {
  attempt(async () => {
    const { focus } = useFocus.getState();
    if (focus?.type === "record") {
      const record = await call("records.detail", { ref: focus.ref });
      if (as === "json") copy("The record as JSON", recordAsJson(record));
      else copy("The record", looseText(record.raw));
    } else if (focus?.type === "event") {
      const event = await call("events.get", { id: focus.id });
      if (event !== null) copy("The event", as === "json" ? JSON.stringify(event, null, 2) : eventAsText(event));
    }
  });
}

/** Whether the keys of copying mean the selected row: selected text is copied by the system itself. */
export const copiesFocus = (): boolean =>
  ["record", "event"].includes(useFocus.getState().focus?.type ?? "") &&
  globalThis.getSelection()?.isCollapsed !== false;
