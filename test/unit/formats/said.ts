/** Everything that a format's parser says, to a sink that keeps records or to one that copies them at once. */
import type { Format, ParseOptions, RecordSink } from "../../../src/main/engine/formats/format.ts";
import type { Text } from "../../../src/shared/model/ascii-slice.ts";
import type { RecordView } from "../../../src/shared/model/record.ts";

export interface Said {
  readonly units: readonly unknown[];
  readonly warned: readonly string[];
}

const stringOf = (text: Text | null | undefined): string | null | undefined => text?.toString();

/** A record as it would be if it were kept. */
const kept = (view: RecordView): object => ({
  ...view,
  service: stringOf(view.service) ?? null,
  message: stringOf(view.message),
  traceId: stringOf(view.traceId),
  spanId: stringOf(view.spanId),
  requestId: stringOf(view.requestId),
  correlationId: stringOf(view.correlationId),
});

/** Everything that a parser says of some bytes, warnings without the line that they name; `views` to a sink that copies. */
export function saidOf(format: Format, options: ParseOptions, bytes: Uint8Array, chunk: number, views: boolean): Said {
  const units: unknown[] = [];
  const warned = new Set<string>();
  const sink: RecordSink = {
    read: () => {},
    record: (input, offset, length, line) => units.push({ ...input, offset, length, line }),
    deadLetter: ({ offset, length, line, reason, raw }) =>
      units.push({ offset, length, line, reason, raw: Buffer.from(raw).toString("hex") }),
    skip: (reason) => units.push({ reason }),
    warn: (key) => warned.add(key),
    tests: () => {},
    ...(views && {
      recordView(view: RecordView, offset: number, length: number, line: number) {
        units.push({ ...kept(view), offset, length, line });
      },
    }),
  };
  const parser = format.parser(options, sink);
  for (let at = 0; at < bytes.length; at += Math.max(chunk, 1)) parser.push(bytes.slice(at, at + Math.max(chunk, 1)));
  parser.end();
  return { units, warned: [...warned].toSorted() };
}
