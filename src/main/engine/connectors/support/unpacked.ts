/**
 * What a compressed content unpacks to. A place in it is reached only by unpacking all before it, so whoever has read a
 * stretch leaves the stream where it stands, for the next one to go on from there: the entries of a compressed archive
 * that are read in their order cost one pass together.
 */
import type { Chunk, ConnectorContext, Content, ContentRange } from "../connector.ts";
import type { Inflater } from "./inflater.ts";
import { Pass } from "./pass.ts";
import { unpackedChunks } from "./unpack.ts";

export interface UnpackedOptions {
  readonly of: Content;
  /** Of what is unpacked, for what is said of it. */
  readonly path: string;
  readonly inflater: () => Inflater;
  /** What it should unpack to; null when that is not known. */
  readonly size: number | null;
}

export class Unpacked implements Content {
  readonly size: number | null;
  readonly order: object | null;
  readonly orderOfParts: object;
  readonly #options: UnpackedOptions;

  constructor(options: UnpackedOptions) {
    this.#options = options;
    this.size = options.size;
    this.order = options.of.order;
    this.orderOfParts = options.of.order ?? this;
  }

  async *chunks(context: ConnectorContext, { connector, from = 0, to }: ContentRange): AsyncGenerator<Chunk> {
    const begin = (lent: ConnectorContext): AsyncGenerator<Chunk> => this.#unpack(lent, connector);
    if (from === 0 && to === undefined) yield* begin(context);
    else {
      const pass = Pass.taken(this, from) ?? new Pass(this, begin);
      yield* pass.read(context, { from, to: to ?? Infinity });
    }
  }

  #unpack(context: ConnectorContext, connector: string): AsyncGenerator<Chunk> {
    const { of, path, inflater, size } = this.#options;
    return unpackedChunks(of.chunks(context, { connector }), { path, inflater: inflater(), size }, context);
  }
}
