/** Ids that stand in running text, by their form: what else may bear them is another record of the same thing. */

export type IdForm = "traceparent" | "uuid" | "hex" | "named";

export interface FoundId {
  readonly id: string;
  readonly form: IdForm;
}

/** More of one text are a list, not what it is about. */
const MOST_IDS = 8;
/** Longer texts are looked at in their beginning: a stack trace, a dump. */
const LOOKED_AT = 20_000;

/** https://www.w3.org/TR/trace-context/#traceparent-header: its trace and its span are ids of their own. */
const TRACEPARENT = /\b[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}\b/giu;
const UUID = /(?<![\w-])[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\w-])/giu;
/** Trace and span ids, commits; a digit and a letter at least, for words and numbers are none. */
const HEX = /(?<![\w-])(?=[\da-f]*\d)(?=[\da-f]*[a-f])(?:[\da-f]{40}|[\da-f]{32}|[\da-f]{24}|[\da-f]{16})(?![\w-])/giu;
/** "req-7f3a", "order_20931", "txn:8812a": a word of a few, and behind it something with a digit. */
const NAMED =
  /(?<![\w-])(?:req|request|trace|txn|tx|transaction|correlation|corr|session|sess|order|job|task|msg|message|event)[-_:#](?=[\w-]*\d)[\da-z][\w-]{3,63}(?![\w-])/giu;

/** In the order of their forms, then of the text; each once, as it is written. */
export function idsInText(text: string): FoundId[] {
  const looked = text.slice(0, LOOKED_AT);
  const found = new Map<string, FoundId>();
  const add = (id: string, form: IdForm): void => {
    const key = id.toLowerCase();
    if (!/^[0-]+$/u.test(id) && !found.has(key)) found.set(key, { id, form });
  };
  for (const [, trace = "", span = ""] of looked.matchAll(TRACEPARENT)) {
    add(trace, "traceparent");
    add(span, "traceparent");
  }
  for (const [id] of looked.matchAll(UUID)) add(id, "uuid");
  for (const [id] of looked.matchAll(HEX)) add(id, "hex");
  for (const [id] of looked.matchAll(NAMED)) add(id, "named");
  return [...found.values()].slice(0, MOST_IDS);
}
