/** What a format makes of a text now, as the window shows it; nothing of it is kept. */
import type { DeadLetterPreview } from "../../../../shared/contract.ts";
import { formatById } from "../../formats/registry.ts";
import type { Format } from "../../formats/format.ts";
import { toUtf8 } from "./encoding.ts";
import type { PreviewRequest } from "./protocol.ts";
import { readLetter, type ReadRecord } from "./read-letter.ts";

const SHOWN = 20;
/** Characters of a message or a field's value. */
const TEXT_LIMIT = 4_000;

export function preview(request: PreviewRequest): DeadLetterPreview {
  const format = formatById(request.format);
  if (format === undefined) throw new Error(`there is no format ${request.format}`);
  const { encoding, zone, now, reason, message, head, around } = request;
  const text = encoding === null ? request.text : toUtf8(request.text, encoding);
  const { records, faults, skippedWhy } = readLetter(format, { zone, now }, { text, reason, message, head, around });
  return {
    format: format.id,
    records: records.slice(0, SHOWN).map((record) => shownRecord(format, record, text)),
    recordCount: records.length,
    faults: faults.slice(0, SHOWN).map(({ reason: why, message: what, line, offset, length }) => ({
      reason: why,
      message: what,
      line,
      offset,
      length,
    })),
    faultCount: faults.length,
    skipped: skippedWhy,
  };
}

function shownRecord(
  format: Format,
  { input, offset, length }: ReadRecord,
  text: Uint8Array,
): DeadLetterPreview["records"][number] {
  const { message, fields } = format.decode(text.slice(offset, offset + length), input.context ?? null);
  return {
    time: input.time?.micros ?? null,
    nanos: input.time?.nanos ?? 0,
    digits: input.time?.digits ?? 0,
    kind: input.kind,
    level: input.level,
    service: input.service,
    message: message.slice(0, TEXT_LIMIT),
    fields: fields.map(([key, value]) => [key, typeof value === "string" ? value.slice(0, TEXT_LIMIT) : value]),
  };
}
