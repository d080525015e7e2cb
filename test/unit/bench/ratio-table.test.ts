import { describe, expect, it } from "vitest";
import { printedTable, ratio, ratioTable } from "../../../scripts/bench/ratio-table.mjs";

const sample = (lines: number, measure: string, contender: string, value: number) => ({
  lines,
  input: "lines",
  measure,
  contender,
  value,
});
const cellsOf = (table: { rows: string[][] }, what: string) => table.rows.find((row) => row[1] === what);

describe("the table of ratios", () => {
  it("sets each peer's median against Faultline's, so that more than 1× means Faultline is ahead", () => {
    const table = ratioTable(
      [
        ...[400, 500, 9_000].map((ms) => sample(1e5, "import", "Faultline", ms)),
        ...[1_000, 1_250, 1_300].map((ms) => sample(1e5, "import", "DuckDB", ms)),
      ],
      ["lnav", "DuckDB"],
    );
    expect(table.head).toEqual(["lines", "what", "Faultline", "lnav", "DuckDB", "goal at 1,000,000"]);
    expect(table.rows).toEqual([
      ["100,000", "import, saved and searchable", "500 ms", "–", "2.5×", "DuckDB 2×, lnav 3×"],
    ]);
  });

  it("keeps the incident apart from the file of lines", () => {
    const table = ratioTable(
      [sample(1e5, "import", "Faultline", 100), { ...sample(1e5, "import", "Faultline", 300), input: "incident" }],
      [],
    );
    expect(cellsOf(table, "import, saved and searchable")?.[2]).toBe("100 ms");
    expect(cellsOf(table, "whole incident: import")?.[2]).toBe("300 ms");
  });

  it("tells by how much each contender grew from one size to the next, whatever the order of the runs", () => {
    const table = ratioTable(
      [
        sample(1e6, "import", "Faultline", 4_200),
        sample(1e5, "import", "Faultline", 400),
        sample(1e5, "import", "DuckDB", 1_000),
        sample(1e6, "import", "DuckDB", 8_000),
      ],
      ["DuckDB"],
    );
    expect(table.rows.at(0)?.[0]).toBe("100,000");
    expect(cellsOf(table, "10× the lines: import, saved and searchable")).toEqual([
      "1,000,000",
      "10× the lines: import, saved and searchable",
      "11×",
      "8.0×",
      "10.5×",
    ]);
  });

  it("writes sizes as shares and megabytes, and short times with a decimal", () => {
    const table = ratioTable(
      [
        sample(1e5, "zoom", "Faultline", 1.44),
        sample(1e5, "memory", "Faultline", 319e6),
        sample(1e5, "size", "Faultline", 0.137),
      ],
      [],
    );
    expect(table.rows.map((row) => row[2])).toEqual(["1.4 ms", "319 MB", "0.14"]);
  });

  it("prints columns of one width, numbers to the right", () => {
    const printed = printedTable({
      head: ["lines", "what", "Faultline", "goal"],
      rows: [["100,000", "zoom", "1 ms", ""]],
    });
    expect(printed).toBe(
      "|   lines | what | Faultline | goal |\n| ------: | ---- | --------: | ---- |\n| 100,000 | zoom |      1 ms |      |\n",
    );
  });
});

describe("a ratio", () => {
  it("is told by two figures, even where a peer is far ahead", () => {
    expect([ratio(30, 10), ratio(255, 10), ratio(4, 10), ratio(3, 100)]).toEqual(["3.0×", "26×", "0.4×", "0.03×"]);
  });

  it("is a dash where one side has no number, or Faultline's is no time at all", () => {
    expect([ratio(undefined, 10), ratio(10, undefined), ratio(10, 0), ratio(10, Number.NaN)]).toEqual([
      "–",
      "–",
      "–",
      "–",
    ]);
  });
});
