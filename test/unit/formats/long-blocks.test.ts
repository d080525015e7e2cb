// Blocks of more lines than a record keeps: a stack, a section, a state or a query that does not end. What is left out of
// the record is counted as that, and told.
import { describe, expect, it } from "vitest";
import type { Format } from "../../../src/main/engine/formats/format.ts";
import { formatById } from "../../../src/main/engine/formats/registry.ts";
import { micros } from "../../../src/shared/units.ts";

const KIBIBYTE = 1024;

interface Read {
  /** The bytes of each record, as text. */
  readonly records: readonly string[];
  readonly messages: readonly string[];
  readonly skipped: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly read: number;
  readonly deadLetters: number;
}

function read(id: string, text: string): Read {
  const format: Format | undefined = formatById(id);
  if (format === undefined) throw new Error(`no format "${id}"`);
  const bytes = new TextEncoder().encode(text);
  const found = {
    records: [] as string[],
    messages: [] as string[],
    warnings: [] as string[],
    read: 0,
    deadLetters: 0,
  };
  const skipped: Record<string, number> = {};
  const parser = format.parser(
    { zone: "UTC", now: micros(4e15) },
    {
      read: (units = 1) => (found.read += units),
      record(input, offset, length) {
        const raw = bytes.slice(offset, offset + length);
        found.records.push(new TextDecoder().decode(raw));
        found.messages.push(input.message);
        expect(format.decode(raw, input.context ?? null).message === input.message).toBe(true);
      },
      deadLetter: () => (found.deadLetters += 1),
      skip: (reason, units = 1) => (skipped[reason] = (skipped[reason] ?? 0) + units),
      warn: (key, message) => key === "long-block" && found.warnings.push(message),
      tests: () => undefined,
    },
  );
  for (let at = 0; at < bytes.length; at += 65_521) parser.push(bytes.slice(at, at + 65_521));
  parser.end();
  return { ...found, skipped };
}

interface LongBlock {
  readonly id: string;
  readonly block: string;
  readonly above: string;
  readonly first: string;
  readonly line: string;
  readonly next: string;
}

const BLOCKS: readonly LongBlock[] = [
  {
    id: "innodb-status",
    block: "section",
    above: "2026-06-12 14:02:11 0x7f INNODB MONITOR OUTPUT\n------------\nTRANSACTIONS\n------------\n",
    first: "---TRANSACTION 421998, ACTIVE 213 sec",
    line: "RECORD LOCKS space id 31 page no 4 n bits 72 index PRIMARY of table `shop`.`stock`",
    next: "---TRANSACTION 421999, ACTIVE 1 sec",
  },
  {
    id: "thread-dump",
    block: "stack",
    above: "",
    first: "goroutine 1 [running]:",
    line: "main.pay(0xc000010000)",
    next: "goroutine 2 [running]:",
  },
  {
    id: "kubectl-describe",
    block: "state",
    above: "Name:         pay-0\nNamespace:    shop\nContainers:\n  pay:\n",
    first: "    State:          Terminated",
    line: "      Message:      could not reach the bank, and said so once more",
    next: "    State:          Running",
  },
  {
    id: "mysql-slow",
    block: "query",
    above: "",
    first: "# Time: 2026-06-12T14:02:11Z",
    line: "INSERT INTO stock VALUES (1, 2, 3);",
    next: "# Time: 2026-06-12T14:02:12Z",
  },
  {
    id: "journal-verbose",
    block: "entry",
    above: "",
    first: "Fri 2026-06-12 14:02:11.123456 UTC [s=9b1f;i=1;b=3c;m=1;t=1;x=1]",
    line: "    COREDUMP_OPEN_FDS=0:/dev/null pos: 0 flags: 0100002 mnt_id: 23",
    next: "Fri 2026-06-12 14:02:12.123456 UTC [s=9b1f;i=2;b=3c;m=1;t=1;x=1]",
  },
  {
    id: "tap",
    block: "test",
    above: "TAP version 14\n1..2\n",
    first: "not ok 1 - pays",
    line: "# expected the bank to answer, and it did not",
    next: "ok 2 - refunds",
  },
];

describe.each(BLOCKS)("a long block of $id", ({ id, block, above, first, line, next }) => {
  const kept = `line of the ${block} above`;
  const past = `line past the 256 KiB that are kept of the ${block} above`;
  const many = Math.ceil((300 * KIBIBYTE) / line.length);

  it("keeps its beginning and counts the rest as what it is, with a word to people", () => {
    const { records, skipped, warnings, deadLetters, ...rest } = read(
      id,
      `${above}${first}\n${`${line}\n`.repeat(many)}${next}\n`,
    );
    const [long = "", last] = records.slice(-2);
    expect(last).toBe(next);
    expect(long === [first, ...Array<string>(skipped[kept] ?? 0).fill(line)].join("\n")).toBe(true);
    expect(long.length).toBeGreaterThan(255 * KIBIBYTE);
    expect(skipped[past]).toBe(many - (skipped[kept] ?? 0));
    expect(skipped[past]).toBeGreaterThan(0);
    expect(warnings).toEqual([expect.stringContaining(`line ${above.split("\n").length}`)]);
    expect(records.length + deadLetters + Object.values(skipped).reduce((sum, units) => sum + units, 0)).toBe(
      rest.read,
    );
  });

  it("keeps all of its lines while they fit, however many they are", () => {
    const { records, skipped, warnings } = read(id, `${above}${first}\n${`${line}\n`.repeat(2_500)}`);
    expect(records.at(-1) === [first, ...Array<string>(2_500).fill(line)].join("\n")).toBe(true);
    expect(skipped[kept]).toBe(2_500);
    expect(warnings).toEqual([]);
  });

  it("keeps one line that is longer than all it may have", () => {
    const long = line + "x".repeat(300 * KIBIBYTE);
    const { records, skipped } = read(id, `${above}${first}\n${long}\n${line}\n`);
    expect(records.at(-1) === `${first}\n${long}`).toBe(true);
    expect([skipped[kept], skipped[past]]).toEqual([1, 1]);
  });
});

it("tells the statement of a slow query that is longer than a record keeps of lines", () => {
  const statement = `INSERT INTO stock VALUES ${"(1, 2, 3), ".repeat(30 * KIBIBYTE)}(0, 0, 0);`;
  const entry = `# Time: 2026-06-12T14:02:11Z\n# User@Host: shop[shop] @ [10.0.3.7]\n# Query_time: 2.5\n${statement}\n`;
  expect(read("mysql-slow", entry).messages.map((message) => message === `2.5 s: ${statement}`)).toEqual([true]);
});
