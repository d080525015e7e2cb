/** Walks a test report and hands over each test case as its element ends. Memory does not grow with the report. */
import { SaxesParser } from "saxes";
import type { Surroundings } from "../../../../../shared/model/dead-letter.ts";
import { surroundings } from "../json/elements.ts";
import type { Attributes, Outcome, SuiteHead, TestDialect } from "./dialect.ts";
import { gravity, type TestResult } from "./result.ts";
import { bytesAsText, textOfBytes } from "../xml/bytes.ts";

export interface TestCase extends TestResult {
  readonly suite: string;
  readonly file: string;
  /** As the suite writes it. */
  readonly timestamp: string | null;
  /** Seconds, as written. */
  readonly time: string | null;
  readonly attributes: readonly (readonly [string, string])[];
  /** Bytes from the start of the document. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** Text of a failure beyond this many characters is passed over. */
const MOST_DETAIL = 65_536;

/** So many complaints, and the rest is no XML; each costs microseconds, and binary has one a byte. */
const MOST_COMPLAINTS = 1_000;
class NotXml extends Error {}

/** What stands deeper in a case says nothing of it. */
const MOST_WITHIN = 16;
const NO_ATTRIBUTES: Attributes = new Map();

type Draft = { -readonly [Key in keyof TestCase]: TestCase[Key] };

export class TestCaseReader {
  readonly #dialect: TestDialect;
  readonly #parser: SaxesParser;
  readonly #onCase: (testCase: TestCase) => void;
  readonly #suites: (SuiteHead & { readonly element: string })[] = [];
  #open: Draft | null = null;
  #depth = 0;
  #caseDepth = 0;
  #detailDepth = 0;
  #messageDepth = 0;
  #part: "name" | "time" | null = null;
  #partDepth = 0;
  /** Attributes of the elements of a case that are open, the outermost first. */
  readonly #within: Attributes[] = [];
  #tagStart = 0;
  #tagLine = 1;
  #complaints = 0;
  /** The parser knows its place only while it reads: between two chunks it counts the last one twice. */
  #pushed = 0;
  /** Where reading was given up because what follows is no XML. */
  gaveUpAt: number | null = null;
  /** What the XML parser complained of first, and where. */
  damage: { readonly message: string; readonly offset: number; readonly line: number } | null = null;

  constructor(dialect: TestDialect, onCase: (testCase: TestCase) => void) {
    this.#dialect = dialect;
    this.#onCase = onCase;
    this.#parser = new SaxesParser();
    this.#parser.on("error", (error) => this.#complain(error.message));
    this.#parser.on("opentagstart", (tag) => {
      // The parser has read "<", the name and one character more.
      this.#tagStart = this.#parser.position - tag.name.length - 2;
      this.#tagLine = this.#parser.line;
    });
    this.#parser.on("opentag", (tag) => this.#enter(tag.name, attributesOf(tag.attributes)));
    this.#parser.on("closetag", (tag) => this.#leave(tag.name));
    this.#parser.on("text", (text) => this.#text(text));
    this.#parser.on("cdata", (text) => this.#text(text));
  }

  /** Where the case starts whose end has not come yet. */
  get openStart(): number | null {
    return this.#open?.start ?? null;
  }

  get line(): number {
    return this.#parser.line;
  }

  /** What a case of the suite that is open now needs around it: name, time and file of that suite. */
  around(): Surroundings | undefined {
    const suite = this.#suites.at(-1);
    if (suite === undefined) return undefined;
    return surroundings(...this.#dialect.around(suite));
  }

  push(chunk: Uint8Array): void {
    if (this.gaveUpAt !== null) return;
    this.#pushed += chunk.length;
    try {
      this.#parser.write(bytesAsText(chunk));
    } catch (error) {
      if (!(error instanceof NotXml)) throw error;
      this.gaveUpAt = this.#parser.position - 1;
    }
  }

  /** A test case whose end is missing, if there is one. */
  end(): TestCase | null {
    const open = this.#open;
    if (this.gaveUpAt === null) this.#close();
    return open === null ? null : { ...open, end: this.gaveUpAt ?? this.#pushed };
  }

  #close(): void {
    try {
      this.#parser.close();
    } catch (error) {
      // Every element that is still open is a complaint; all has been read by now.
      if (!(error instanceof NotXml)) throw error;
    }
  }

  #complain(message: string): void {
    const { position: offset, line } = this.#parser;
    this.damage ??= { message: message.replace(/^\d+:\d+: /, ""), offset, line };
    this.#complaints += 1;
    if (this.#complaints === MOST_COMPLAINTS) throw new NotXml(message);
  }

  #enter(element: string, attributes: Attributes): void {
    this.#depth += 1;
    const open = this.#open;
    if (open !== null) return this.#enterPart(open, element, attributes);
    const suite = this.#dialect.suite(element, attributes);
    if (suite !== undefined) {
      const outer = this.#suites.at(-1);
      this.#suites.push({
        element,
        name: suite.name ?? outer?.name,
        timestamp: suite.timestamp ?? outer?.timestamp,
        file: suite.file,
      });
    } else this.#open = this.#start(element, attributes);
  }

  #start(element: string, attributes: Attributes): Draft | null {
    const head = this.#dialect.testCase(element, attributes);
    if (head === undefined) return null;
    this.#caseDepth = this.#depth;
    this.#within.length = 0;
    const suite = this.#suites.at(-1);
    return {
      name: head.name,
      className: head.className,
      suite: suite?.name ?? "",
      file: head.file ?? suite?.file ?? "",
      timestamp: head.timestamp ?? suite?.timestamp ?? null,
      time: head.time ?? null,
      outcome: head.outcome ?? "passed",
      message: null,
      detail: "",
      attributes: [...attributes],
      start: this.#tagStart,
      end: 0,
      line: this.#tagLine,
    };
  }

  #enterPart(open: Draft, element: string, attributes: Attributes): void {
    const depth = this.#depth - this.#caseDepth;
    if (this.#dialect.result !== undefined || this.#dialect.part !== undefined) {
      this.#enterTold(open, element, attributes, depth);
      return;
    }
    const plain = element.toLowerCase().replace("stacktrace", "stack-trace");
    if (plain === this.#dialect.message && open.message === null && open.outcome !== "passed") {
      this.#messageDepth = this.#depth;
      open.message = "";
    } else if (plain === this.#dialect.detail && open.outcome !== "passed") this.#detailDepth = this.#depth;
    else {
      const outcome = this.#dialect.outcome(element);
      if (outcome !== undefined) this.#take(open, outcome, attributes);
    }
  }

  /** Of dialects that say by their place what elements are. */
  #enterTold(open: Draft, element: string, attributes: Attributes, depth: number): void {
    const within = this.#within[depth - 2] ?? NO_ATTRIBUTES;
    if (depth <= MOST_WITHIN) this.#within.splice(depth - 1, Infinity, attributes);
    const result = this.#dialect.result?.(element, attributes, depth);
    if (result !== undefined) {
      open.outcome = result.outcome;
      open.timestamp = result.timestamp ?? open.timestamp;
      open.time = result.time ?? open.time;
      if (result.outcome === "passed") return;
      this.#messageDepth = this.#depth;
      open.message = "";
      return;
    }
    const part = this.#dialect.part?.(element, within, depth);
    if (part === "detail") this.#detailDepth = open.outcome === "passed" ? 0 : this.#depth;
    else if (part !== undefined) {
      this.#part = part;
      this.#partDepth = this.#depth;
      open[part] = "";
    }
  }

  /** An error outweighs a failure, and both outweigh a skip, whatever the order. */
  #take(open: Draft, outcome: Outcome, attributes: Attributes): void {
    if (outcome === "passed") return;
    if (this.#dialect.detail === null) this.#detailDepth = this.#depth;
    if (gravity(outcome) <= gravity(open.outcome)) return;
    open.outcome = outcome;
    open.message = attributes.get("message") ?? open.message;
    open.detail = "";
  }

  #text(text: string): void {
    const open = this.#open;
    if (open === null) return;
    if (this.#messageDepth > 0) open.message = `${open.message ?? ""}${textOfBytes(text)}`.slice(0, MOST_DETAIL);
    if (this.#part !== null) open[this.#part] = `${open[this.#part] ?? ""}${textOfBytes(text)}`.slice(0, MOST_DETAIL);
    if (this.#detailDepth > 0 && open.detail.length < MOST_DETAIL)
      open.detail = (open.detail + textOfBytes(text)).slice(0, MOST_DETAIL);
  }

  #leave(element: string): void {
    if (this.#depth === this.#detailDepth) this.#detailDepth = 0;
    if (this.#depth === this.#messageDepth) this.#messageDepth = 0;
    if (this.#depth === this.#partDepth) {
      this.#part = null;
      this.#partDepth = 0;
    }
    const isCase = this.#open !== null && this.#depth === this.#caseDepth;
    this.#depth -= 1;
    if (!isCase && this.#open === null && this.#suites.at(-1)?.element === element) this.#leaveSuite();
    if (!isCase || this.#open === null) return;
    const { message } = this.#open;
    const done = { ...this.#open, message: message?.trim() || null, end: this.#parser.position };
    this.#open = null;
    this.#onCase(done);
  }

  #leaveSuite(): void {
    const suite = this.#suites.pop();
    // TRX: an element without content says when the run around it began.
    const outer = this.#suites.at(-1);
    if (suite?.element === "Times" && outer !== undefined)
      this.#suites.splice(-1, 1, { ...outer, timestamp: suite.timestamp });
  }
}

const attributesOf = (attributes: Readonly<Record<string, string>>): Attributes =>
  new Map(Object.entries(attributes).map(([key, value]) => [textOfBytes(key), textOfBytes(value)]));
