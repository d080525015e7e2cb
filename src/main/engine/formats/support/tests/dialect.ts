/** How a family of XML test reports writes suites, cases and outcomes. */
export type Outcome = "passed" | "failed" | "error" | "skipped";
export type Attributes = ReadonlyMap<string, string>;

export interface SuiteHead {
  readonly name?: string | undefined;
  /** As the suite writes it; its cases have it unless they write one of their own. */
  readonly timestamp?: string | undefined;
  readonly file?: string | undefined;
}

export interface CaseHead {
  readonly name: string;
  readonly className: string;
  readonly file?: string | undefined;
  readonly timestamp?: string | undefined;
  /** Seconds, or hours, minutes and seconds, as written. */
  readonly time?: string | undefined;
  /** Where an attribute states it. */
  readonly outcome?: Outcome | undefined;
}

export interface CaseResult {
  readonly outcome: Outcome;
  readonly timestamp?: string | undefined;
  readonly time?: string | undefined;
}

export interface TestDialect {
  /** Names of the root element. */
  readonly roots: readonly string[];
  /** Undefined for an element that is no suite. */
  suite(element: string, attributes: Attributes): SuiteHead | undefined;
  /** Undefined for an element that is no case. */
  testCase(element: string, attributes: Attributes): CaseHead | undefined;
  /** What an element inside of a case says of its outcome. */
  outcome(element: string): Outcome | undefined;
  /**
   * What an element right below a case says of it in attributes; its text is the failure's message then. `depth` 1 is
   * right below the case, which an element that is nested deeper is not.
   */
  result?(element: string, attributes: Attributes, depth: number): CaseResult | undefined;
  /** Which part of a case the text of an element in it is; `within` is the element around, with its attributes. */
  part?(element: string, within: Attributes, depth: number): "name" | "time" | "detail" | undefined;
  /** Elements whose text is the message, and the stack trace, of a failure. */
  readonly message: string | null;
  readonly detail: string | null;
  /** An open suite with nothing but what its cases need, and its end. */
  around(suite: SuiteHead): readonly [open: string, close: string];
}

/** Attributes of an element, those that are not there left out. */
export const writtenAttributes = (attributes: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => ` ${key}="${escaped(value ?? "")}"`)
    .join("");

/** As the value of an attribute; line breaks too, which XML would read as blanks. */
const escaped = (text: string): string =>
  text.replace(/[&<>"\n\r\t]/gu, (character) => `&#${character.codePointAt(0)};`);
