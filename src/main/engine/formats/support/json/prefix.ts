/**
 * Reads the beginning of a JSON document as far as it goes, for recognition: the first kilobytes of a dump nearly always
 * end in the middle of something. Iterative, because a hostile document may be 100,000 levels deep.
 */
type JsonObject = Record<string, unknown>;
type Container = unknown[] | JsonObject;

interface Frame {
  readonly container: Container;
  /** The member whose value comes next; null when a key (or an element) does. */
  key: string | null;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?=[,\]}\s])/y;
const LITERAL = /(?:true|false|null)(?=[,\]}\s])/y;
const CUT_WORD = /^[-+.\w]{1,400}$/;
const SPACE = /[ \t\r\n]*/y;

/**
 * The object or array that `text` starts with, closed where the text ends or stops being JSON. A string that is cut is
 * kept as far as it goes; a cut number, literal or key is left out. Undefined when the text does not start as JSON.
 */
export function parseJsonPrefix(text: string): unknown {
  let at = skipSpace(text, text.startsWith("\uFEFF") ? 1 : 0);
  const opening = text[at];
  if (opening !== "{" && opening !== "[") return undefined;
  const root: Container = opening === "{" ? {} : [];
  const stack: Frame[] = [{ container: root, key: null }];
  let top = stack[0];
  let afterValue = false;
  let values = 0;
  at++;

  const put = (value: unknown): void => {
    if (top === undefined) return;
    if (Array.isArray(top.container)) top.container.push(value);
    else if (top.key !== null) setOwn(top.container, top.key, value);
    top.key = null;
    afterValue = true;
    values++;
  };

  while (top !== undefined) {
    at = skipSpace(text, at);
    // The text ends here: what is open is closed as it stands.
    if (at >= text.length) return root;
    const character = text[at];
    const inArray = Array.isArray(top.container);
    if (character === (inArray ? "]" : "}") && top.key === null) {
      stack.pop();
      top = stack.at(-1);
      afterValue = true;
      at++;
      continue;
    }
    if (afterValue) {
      if (character !== ",") break;
      afterValue = false;
      at++;
      continue;
    }
    if (!inArray && top.key === null) {
      const key = character === '"' ? readString(text, at) : null;
      if (key === null) break;
      if (key.cut) return root;
      at = skipSpace(text, key.end);
      if (at >= text.length) return root;
      if (text[at] !== ":") break;
      top.key = key.value;
      at++;
      continue;
    }
    if (character === '"') {
      const string = readString(text, at);
      if (string === null) break;
      put(string.value);
      at = string.end;
    } else if (character === "{" || character === "[") {
      const container: Container = character === "{" ? {} : [];
      put(container);
      afterValue = false;
      top = { container, key: null };
      stack.push(top);
      at++;
    } else {
      const word = match(NUMBER, text, at) ?? match(LITERAL, text, at);
      if (word === null && CUT_WORD.test(text.slice(at))) return root;
      if (word === null) break;
      put(JSON.parse(word));
      at += word.length;
    }
  }
  return top === undefined || values > 0 ? root : undefined;
}

function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The string that opens at `start`; null when it holds a bad escape. */
function readString(text: string, start: number): { value: string; end: number; cut: boolean } | null {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  const cut = end === -1;
  let body = text.slice(start + 1, cut ? text.length : end);
  if (cut) body = body.replace(/(?:\\(?:u[0-9a-fA-F]{0,3})?)$/, (tail) => (endsInEscape(body) ? "" : tail));
  if (body.includes("\\")) {
    try {
      body = JSON.parse(`"${body.replace(/[\u0000-\u001f]/g, escapeControl)}"`) as string;
    } catch {
      return null;
    }
  }
  return { value: body, end: cut ? text.length : end + 1, cut };
}

/** Whether an odd number of backslashes stands before `at`. */
function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === "\\") backslashes++;
  return backslashes % 2 === 1;
}

/** Whether the last backslash of `body` begins an escape rather than ending `\\`. */
function endsInEscape(body: string): boolean {
  return !isEscaped(body, body.lastIndexOf("\\"));
}

const escapeControl = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Assigns so that `__proto__` becomes a key like any other. */
function setOwn(object: JsonObject, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else object[key] = value;
}
