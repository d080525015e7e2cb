/** Walks a JUnit report and hands over each test case as its element ends. Memory does not grow with the report. */
import { SaxesParser } from "saxes";
import type { Surroundings } from "../../../../shared/model/dead-letter.ts";
import { surroundings } from "./json-elements.ts";
import { bytesAsText, textOfBytes } from "./xml-bytes.ts";

export type Outcome = "passed" | "failed" | "error" | "skipped";

export interface TestCase {
  readonly name: string;
  readonly className: string;
  readonly suite: string;
  readonly file: string;
  /** As the suite writes it. */
  readonly timestamp: string | null;
  /** Seconds, as written. */
  readonly time: string | null;
  readonly outcome: Outcome;
  /** Of the failure: its message, or the first line of its text. */
  readonly message: string | null;
  /** Text of the failure, usually a stack trace. */
  readonly detail: string;
  readonly attributes: readonly (readonly [string, string])[];
  /** Bytes from the start of the document. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

type Attributes = Readonly<Record<string, string>>;

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  failure: "failed",
  error: "error",
  skipped: "skipped",
  rerunFailure: "passed",
  flakyFailure: "passed",
};
/** Text of a failure beyond this many characters is passed over. */
const MOST_DETAIL = 65_536;

/** So many complaints, and the rest is no XML; each costs microseconds, and binary has one a byte. */
const MOST_COMPLAINTS = 1_000;
class NotXml extends Error {}

interface Suite {
  readonly name: string;
  readonly timestamp: string | null;
  readonly file: string;
}
type Draft = { -readonly [Key in keyof TestCase]: TestCase[Key] };

export class JUnitReader {
  readonly #parser: SaxesParser;
  readonly #onCase: (testCase: TestCase) => void;
  readonly #suites: Suite[] = [];
  #open: Draft | null = null;
  #depth = 0;
  #detailDepth = 0;
  #tagStart = 0;
  #tagLine = 1;
  #complaints = 0;
  /** The parser knows its place only while it reads: between two chunks it counts the last one twice. */
  #pushed = 0;
  /** Where reading was given up because what follows is no XML. */
  gaveUpAt: number | null = null;
  /** What the XML parser complained of first, and where. */
  damage: { readonly message: string; readonly offset: number; readonly line: number } | null = null;

  constructor(onCase: (testCase: TestCase) => void) {
    this.#onCase = onCase;
    this.#parser = new SaxesParser();
    this.#parser.on("error", (error) => this.#complain(error.message));
    this.#parser.on("opentagstart", (tag) => {
      // The parser has read "<", the name and one character more.
      this.#tagStart = this.#parser.position - tag.name.length - 2;
      this.#tagLine = this.#parser.line;
    });
    this.#parser.on("opentag", (tag) => this.#enter(tag.name, tag.attributes));
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
    const { name, timestamp, file } = suite;
    const attributes = Object.entries({ name, timestamp: timestamp ?? "", file })
      .filter(([, value]) => value !== "")
      .map(([key, value]) => ` ${key}="${escaped(value)}"`);
    return surroundings(`<testsuite${attributes.join("")}>`, "</testsuite>");
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

  #enter(name: string, attributes: Attributes): void {
    this.#depth += 1;
    if (name === "testsuite" || name === "testsuites") {
      const outer = this.#suites.at(-1);
      this.#suites.push({
        name: attributeOf(attributes, "name") ?? outer?.name ?? "",
        timestamp: attributeOf(attributes, "timestamp") ?? outer?.timestamp ?? null,
        file: attributeOf(attributes, "file") ?? "",
      });
    } else if (name === "testcase" && this.#open === null) this.#open = this.#start(attributes);
    else if (this.#open !== null && OUTCOMES[name] !== undefined) this.#take(this.#open, OUTCOMES[name], attributes);
  }

  #start(attributes: Attributes): Draft {
    const suite = this.#suites.at(-1);
    return {
      name: attributeOf(attributes, "name") ?? "",
      className: attributeOf(attributes, "classname") ?? "",
      suite: suite?.name ?? "",
      file: attributeOf(attributes, "file") ?? suite?.file ?? "",
      timestamp: attributeOf(attributes, "timestamp") ?? suite?.timestamp ?? null,
      time: attributeOf(attributes, "time") ?? null,
      outcome: "passed",
      message: null,
      detail: "",
      attributes: Object.keys(attributes).map((key) => [textOfBytes(key), attributeOf(attributes, key) ?? ""] as const),
      start: this.#tagStart,
      end: 0,
      line: this.#tagLine,
    };
  }

  /** An error outweighs a failure, and both outweigh a skip, whatever the order. */
  #take(open: Draft, outcome: Outcome, attributes: Attributes): void {
    if (outcome === "passed") return;
    this.#detailDepth = this.#depth;
    if (gravity(outcome) <= gravity(open.outcome)) return;
    open.outcome = outcome;
    open.message = attributeOf(attributes, "message") ?? open.message;
    open.detail = "";
  }

  #text(text: string): void {
    if (this.#open === null || this.#detailDepth === 0 || this.#open.detail.length >= MOST_DETAIL) return;
    this.#open.detail = (this.#open.detail + textOfBytes(text)).slice(0, MOST_DETAIL);
  }

  #leave(name: string): void {
    if (this.#depth === this.#detailDepth) this.#detailDepth = 0;
    this.#depth -= 1;
    if (name === "testsuite" || name === "testsuites") this.#suites.pop();
    if (name !== "testcase" || this.#open === null) return;
    const done = { ...this.#open, end: this.#parser.position };
    this.#open = null;
    this.#onCase(done);
  }
}

export const gravity = (outcome: Outcome): number => ["passed", "skipped", "failed", "error"].indexOf(outcome);

function attributeOf(attributes: Attributes, name: string): string | undefined {
  if (!Object.hasOwn(attributes, name)) return undefined;
  const value = attributes[name];
  return value === undefined ? undefined : textOfBytes(value);
}

/** As the value of an attribute; line breaks too, which XML would read as blanks. */
const escaped = (text: string): string =>
  text.replace(/[&<>"\n\r\t]/gu, (character) => `&#${character.codePointAt(0)};`);
