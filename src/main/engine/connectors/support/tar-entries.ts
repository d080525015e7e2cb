/** The entries of a tar archive, by one walk over their headers; damage is stepped over, and said. */
import type { ConnectorContext, Content } from "../connector.ts";
import { Window } from "./window.ts";
import { BLOCK_BYTES, isZeroBlock, paxRecords, type TarHeader, tarHeader, textAt } from "./tar-header.ts";

export interface TarEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link" | "special" | "sparse";
  /** Where its bytes begin. */
  readonly data: number;
  readonly size: number;
  /** Seconds since the epoch. */
  readonly modified: number;
  /** Its first bytes, at most as many as were asked for. */
  readonly head: Uint8Array;
}

const KINDS: Readonly<Record<string, TarEntry["kind"]>> = {
  "0": "file",
  // "Contiguous", which means nothing here.
  "7": "file",
  "1": "link",
  "2": "link",
  "3": "special",
  "4": "special",
  "5": "folder",
  "6": "special",
  // GNU: a folder with a list of its files.
  D: "folder",
  S: "sparse",
};
/** GNU: a name, a link's target, a volume's name; pax: records for one entry, and for all. */
const LONG_NAME = "L";
const LONG_LINK = "K";
const VOLUME = "V";
const PAX = "x";
const SUN_PAX = "X";
const PAX_GLOBAL = "g";
const ABOUT_OTHERS: ReadonlySet<string> = new Set([LONG_NAME, LONG_LINK, VOLUME, PAX, SUN_PAX, PAX_GLOBAL]);
/** More is no name and no time. */
const MOST_RECORD_BYTES = 1_024 * 1_024;

export interface TarOptions {
  readonly connector: string;
  readonly headBytes: number;
  readonly most: number;
}

export class TarWalk {
  readonly #window: Window;
  /** Of the archive; null of one that is compressed. */
  readonly #size: number | null;
  readonly #options: TarOptions;
  readonly #context: ConnectorContext;
  readonly #notes: string[] = [];
  #at = 0;
  /** What stood before the next entry about it. */
  #next: Map<string, string> = new Map();
  #global: ReadonlyMap<string, string> = new Map();

  constructor(content: Content, options: TarOptions, context: ConnectorContext) {
    this.#window = new Window(content, options.connector);
    this.#size = content.size;
    this.#options = options;
    this.#context = context;
  }

  /** What is to be said of the archive: all of it once all entries were taken. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  async *entries(): AsyncGenerator<TarEntry> {
    let count = 0;
    while (count < this.#options.most) {
      const block = await this.#read(this.#at, BLOCK_BYTES);
      if (block.byteLength < BLOCK_BYTES) {
        const end = Math.min(this.#at + block.byteLength, this.#size ?? Infinity);
        this.#notes.push(`The archive is cut at byte ${end}: what stood behind it is missing.`);
        return;
      }
      const header = tarHeader(block);
      const entry = header === null ? null : await this.#take(header);
      if (entry !== null) {
        count += 1;
        yield entry;
      } else if (header === null && (isZeroBlock(block) || !(await this.#skipDamage()))) return;
    }
    this.#notes.push(
      `The archive holds more than ${this.#options.most} entries: the others were not read. Unpack it to read them.`,
    );
  }

  #read(at: number, length: number): Promise<Uint8Array> {
    return this.#window.read(at, length, this.#context);
  }

  /** The entry that a header stands before; null of one that only tells of others. */
  async #take({ type, ...header }: TarHeader): Promise<TarEntry | null> {
    const data = this.#at + BLOCK_BYTES;
    if (ABOUT_OTHERS.has(type)) {
      await this.#learn(type, data, header.size);
      this.#goTo(data + header.size);
      return null;
    }
    const about = new Map([...this.#global, ...this.#next]);
    this.#next = new Map();
    const size = numberOf(about.get("size")) ?? header.size;
    const begin = header.isExtended && type === "S" ? await this.#behindMap(data) : data;
    const known = KINDS[type] ?? "special";
    const isSparse = known === "file" && [...about.keys()].some((key) => key.startsWith("GNU.sparse."));
    // Links and folders may state the size of what they stand for, and have no bytes.
    const hasBytes = known !== "link" && (known !== "folder" || type === "D");
    const head = known === "file" ? await this.#read(begin, Math.min(size, this.#options.headBytes)) : NOTHING;
    this.#goTo(begin + (hasBytes ? size : 0));
    return {
      name: about.get("GNU.sparse.name") ?? about.get("path") ?? header.name,
      kind: isSparse ? "sparse" : known,
      data: begin,
      size,
      modified: numberOf(about.get("mtime")) ?? header.modified,
      head: head.slice(),
    };
  }

  async #learn(type: string, data: number, size: number): Promise<void> {
    if (type === LONG_LINK || type === VOLUME) return;
    const text = await this.#read(data, Math.min(size, MOST_RECORD_BYTES));
    if (type === LONG_NAME) this.#next.set("path", textAt(text, 0, text.byteLength));
    else if (type === PAX_GLOBAL) this.#global = new Map([...this.#global, ...paxRecords(text)]);
    else this.#next = new Map([...this.#next, ...paxRecords(text)]);
  }

  /** Each block of a sparse file's map tells whether one more follows. */
  async #behindMap(from: number): Promise<number> {
    for (let at = from; ; at += BLOCK_BYTES) {
      const block = await this.#read(at, BLOCK_BYTES);
      if (block[504] !== 1) return at + BLOCK_BYTES;
    }
  }

  #goTo(end: number): void {
    this.#at = Math.ceil(end / BLOCK_BYTES) * BLOCK_BYTES;
  }

  /** On to the next header; false when there is none. */
  async #skipDamage(): Promise<boolean> {
    const from = this.#at;
    for (;;) {
      this.#at += BLOCK_BYTES;
      const block = await this.#read(this.#at, BLOCK_BYTES);
      const isEnd = block.byteLength < BLOCK_BYTES;
      if (!isEnd && tarHeader(block) === null) continue;
      const until = isEnd ? this.#at + block.byteLength : this.#at;
      this.#notes.push(
        `The archive is damaged: from byte ${from} to ${until} no header of an entry stands. ${isEnd ? "Nothing behind it could be read." : "What follows was read."}`,
      );
      return !isEnd;
    }
  }
}

const NOTHING = new Uint8Array(0);

function numberOf(text: string | undefined): number | null {
  const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
}
