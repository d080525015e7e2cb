/** What a preview is made of: the letter with what its source tells, or a text alone. */
import { FailureError } from "../../../../shared/failure.ts";
import type { ReadAs } from "../../../../shared/model/dead-letter.ts";
import { micros, MICROS_PER_MILLISECOND } from "../../../../shared/units.ts";
import { detectFormat, formatById } from "../../formats/registry.ts";
import { makeSample } from "../../formats/sample.ts";
import type { ReaderMethods } from "../../query/protocol.ts";
import type { Askable } from "../../threads/rpc.ts";
import { checkEncoding } from "./encoding.ts";
import type { PreviewRequest } from "./protocol.ts";

export interface PreviewInput extends ReadAs {
  readonly id: number | null;
  readonly text: string | null;
}

/** Fails with "not-found", "unknown-format", "unknown-encoding" or "incomplete". */
export async function previewRequest(
  reader: Askable<ReaderMethods>,
  input: PreviewInput,
  zone: string,
): Promise<PreviewRequest> {
  const { id, format } = input;
  if (format !== null && formatById(format) === undefined) {
    throw new FailureError("unknown-format", `There is no format "${format}".`);
  }
  checkEncoding(input.encoding);
  return id === null ? ofText(input, zone) : await ofLetter(reader, id, input);
}

function ofText({ text, format, zone, encoding }: PreviewInput, assumedZone: string): PreviewRequest {
  const bytes = Buffer.from(text ?? "");
  return {
    format: format ?? detectFormat(makeSample("", bytes, true)).best?.format.id ?? "plain-text",
    zone: zone ?? assumedZone,
    encoding,
    now: micros(Date.now() * MICROS_PER_MILLISECOND),
    head: new Uint8Array(0),
    reason: "",
    message: "",
    text: bytes,
    around: null,
  };
}

async function ofLetter(
  reader: Askable<ReaderMethods>,
  id: number,
  { text, format, zone, encoding }: PreviewInput,
): Promise<PreviewRequest> {
  const choice = { which: "ids", ids: [id] } as const;
  await reader.call("deadLetterSize", { choice });
  const request = { choice, after: null, lastId: id, limit: 1, quietOnly: false };
  const { letters, sources } = await reader.call("deadLetterPage", request);
  const [whole] = letters;
  const [source] = sources;
  if (whole === undefined || source === undefined) {
    // Says what became of it.
    await reader.call("deadLetters.get", { id });
    throw new FailureError("not-found", `The case has no dead letter ${id}.`);
  }
  const typed = text === null ? whole.edited : Buffer.from(text);
  const bytes = typed ?? whole.text;
  if (bytes === null) {
    throw new FailureError(
      "incomplete",
      "The case does not hold all bytes of this letter, or they are more than 256 MiB. Type a text for it, or cut the source in parts and read those.",
    );
  }
  const { letter } = whole;
  const known = [format, letter.format, source.format].find((name) => name !== null && formatById(name) !== undefined);
  return {
    format: known ?? "plain-text",
    around: known === letter.format ? whole.around : null,
    zone: zone ?? source.zone,
    encoding: typed === null ? encoding : null,
    now: source.now,
    head: source.head,
    reason: letter.reason,
    message: letter.message,
    text: bytes,
  };
}
