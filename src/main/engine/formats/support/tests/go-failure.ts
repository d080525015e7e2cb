/** Finds in what a Go test printed the line that says why it failed or was skipped. */

/** Headings of the runner around what a test prints: `=== RUN`, `--- FAIL: TestX (0.01s)`, `FAIL example 0.2s`. */
const HEADING = /^(?:=== |--- |FAIL\b|PASS$|exit status |# |\?)/;
/** Where a message begins; testify writes it on the lines below. */
const PLACE_ALONE = /^\S+\.go:\d+:$/;
const TRACE = /^(?:Error Trace:|\S+\.go:\d+$)/;

export function goFailure(output: string): string | null {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const said = lines.filter((line) => !HEADING.test(line));
  const [first, ...rest] = said;
  // `FAIL example [build failed]` is all that some packages say.
  if (first === undefined) return lines.find((line) => line.startsWith("FAIL") && line !== "FAIL") ?? null;
  if (!PLACE_ALONE.test(first)) return first;
  const message = rest.find((line) => !TRACE.test(line))?.replace(/^Error:\s*/, "");
  return message === undefined ? first : `${first} ${message}`;
}
