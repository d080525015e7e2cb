import { describe, expect, it } from "vitest";
import type { ListRow } from "../../../../src/shared/contract.ts";
import { PAGE_ROWS, RowPages } from "../../../../src/renderer/records/pages.ts";

const row = (name: string): ListRow => ({
  type: "record",
  record: {
    ref: name,
    time: 0,
    nanos: 0,
    digits: 3,
    kind: "log",
    level: 3,
    service: null,
    message: name,
    sourceId: 1,
    line: 1,
  },
});
const refAt = (pages: RowPages, index: number): string | undefined => {
  const found = pages.rowAt(index);
  return found?.type === "record" ? found.record.ref : undefined;
};
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function harness() {
  const asked: number[] = [];
  const failures: unknown[] = [];
  let changes = 0;
  const pages = new RowPages(
    () => (changes += 1),
    (thrown) => failures.push(thrown),
  );
  const reader =
    (name: string) =>
    (start: number, count: number): Promise<readonly ListRow[]> => {
      asked.push(start);
      return Promise.resolve(Array.from({ length: count }, (_, at) => row(`${name}${start + at}`)));
    };
  return { pages, asked, failures, reader, changes: () => changes };
}

describe("pages of rows", () => {
  it("are fetched once when somebody looks", async () => {
    const { pages, asked, reader } = harness();
    pages.reset(reader("a"), 1_000, false);
    pages.want(190, 210);
    pages.want(195, 215);
    await settle();
    expect(asked).toEqual([0, PAGE_ROWS]);
    expect(refAt(pages, 205)).toBe("a205");
    expect(refAt(pages, 500)).toBeUndefined();
  });

  it("never ask beyond the last row", async () => {
    const { pages, asked, reader } = harness();
    pages.reset(reader("a"), 3, false);
    pages.want(0, 400);
    await settle();
    expect(asked).toEqual([0]);
    expect(refAt(pages, 2)).toBe("a2");
    expect(refAt(pages, 3)).toBeUndefined();
  });

  it("stay on screen until the next revision's rows arrive", async () => {
    const { pages, reader } = harness();
    pages.reset(reader("a"), 10, false);
    pages.want(0, 10);
    await settle();
    pages.reset(reader("b"), 12, true);
    expect(refAt(pages, 3)).toBe("a3");
    pages.want(0, 10);
    await settle();
    expect(refAt(pages, 3)).toBe("b3");
  });

  it("drop the answer to a question of yesterday", async () => {
    const { pages, reader } = harness();
    let answer: (rows: readonly ListRow[]) => void = () => {};
    pages.reset(() => new Promise((resolve) => (answer = resolve)), 10, false);
    pages.want(0, 10);
    pages.reset(reader("b"), 10, false);
    pages.want(0, 10);
    await settle();
    answer([row("late")]);
    await settle();
    expect(refAt(pages, 0)).toBe("b0");
  });

  it("make room for those that are looked at", async () => {
    const { pages, reader } = harness();
    pages.reset(reader("a"), 1_000_000, false);
    for (let page = 0; page < 70; page += 1) {
      pages.want(0, 1);
      pages.want(page * PAGE_ROWS, page * PAGE_ROWS + 1);
      await settle();
    }
    expect(refAt(pages, 0)).toBe("a0");
    expect(refAt(pages, PAGE_ROWS)).toBeUndefined();
    expect(refAt(pages, 69 * PAGE_ROWS)).toBe(`a${69 * PAGE_ROWS}`);
  });

  it("say why they could not be read, and try again when asked", async () => {
    const { pages, failures, reader } = harness();
    pages.reset(() => Promise.reject(new Error("the reader ended")), 10, false);
    pages.want(0, 10);
    await settle();
    expect(failures).toHaveLength(1);
    pages.reset(reader("b"), 10, true);
    pages.want(0, 10);
    await settle();
    expect(refAt(pages, 0)).toBe("b0");
  });
});
