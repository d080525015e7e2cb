// Words are searched in all of a record and a row shows its message: where that does not hold them, the row says which
// field does.
import type { ListRow } from "../../../shared/contract.ts";
import type { DecodedRecord } from "../../../shared/model/record.ts";
import { marked, type Searched } from "../../../shared/query/searched.ts";

export type FoundField = NonNullable<Extract<ListRow, { type: "record" }>["found"]>;

/** Letters of a value that are looked at, and that are shown before the hit and from it on. */
const LOOKED_AT = 65_536;
const BEFORE = 40;
const FROM_HIT = 120;

/** @param shown what the row shows of the message. */
export function foundField({ fields }: DecodedRecord, shown: string, searched: Searched): FoundField | undefined {
  if (searched.texts.length + searched.expressions.length === 0 || hitIn(shown, searched) !== undefined)
    return undefined;
  for (const [field, value] of fields) {
    const text = String(value).slice(0, LOOKED_AT);
    const hit = hitIn(text, searched);
    if (hit !== undefined) return { field, text: around(text, hit) };
  }
  return undefined;
}

/** Where the first hit begins. */
const hitIn = (text: string, searched: Searched): number | undefined =>
  marked(text, searched).find((part) => part.marked)?.from;

function around(text: string, hit: number): string {
  const from = Math.max(0, hit - BEFORE);
  const to = hit + FROM_HIT;
  const cut = text.slice(from, to).toWellFormed();
  return `${from > 0 ? "…" : ""}${cut}${to < text.length ? "…" : ""}`;
}
