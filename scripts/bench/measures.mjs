// What is measured, in the order of the table. `goal` is what docs/performance.md says of 1,000,000 lines.

/** @typedef {{ id: string, input: "lines" | "incident", about: string, unit: "ms" | "bytes" | "share", goal?: string }} Measure */

/** @type {readonly Measure[]} */
export const MEASURES = [
  { id: "import", input: "lines", about: "import, saved and searchable", unit: "ms", goal: "DuckDB 2×, lnav 3×" },
  { id: "import-analysed", input: "lines", about: "and detectors, to the end of the process", unit: "ms" },
  { id: "first-bars", input: "lines", about: "first bars", unit: "ms", goal: "300 ms" },
  { id: "open", input: "lines", about: "open what was saved", unit: "ms" },
  { id: "search-first", input: "lines", about: "search, first results", unit: "ms", goal: "100 ms" },
  { id: "search-literal", input: "lines", about: "search, literal", unit: "ms", goal: "300 ms" },
  { id: "search-rare", input: "lines", about: "search, one line of all", unit: "ms", goal: "300 ms" },
  { id: "search-frequent", input: "lines", about: "search, in most lines", unit: "ms", goal: "300 ms" },
  { id: "search-any-case", input: "lines", about: "search, either case", unit: "ms", goal: "300 ms" },
  { id: "search-regex", input: "lines", about: "search, regular expression", unit: "ms", goal: "300 ms" },
  { id: "filter", input: "lines", about: "filter by service and level", unit: "ms", goal: "50 ms" },
  { id: "facets", input: "lines", about: "facets", unit: "ms", goal: "50 ms" },
  { id: "zoom", input: "lines", about: "zoom, p95 of 20", unit: "ms", goal: "50 ms" },
  { id: "memory", input: "lines", about: "peak memory of the import", unit: "bytes" },
  { id: "size", input: "lines", about: "size of what was saved, of raw", unit: "share", goal: "0.35" },
  {
    id: "small-files",
    input: "lines",
    about: "small files, per byte against one file",
    unit: "share",
    goal: "0.5",
  },
  { id: "import", input: "incident", about: "whole incident: import", unit: "ms" },
  { id: "import-analysed", input: "incident", about: "whole incident: and detectors", unit: "ms" },
  { id: "first-bars", input: "incident", about: "whole incident: first bars", unit: "ms", goal: "300 ms" },
  { id: "open", input: "incident", about: "whole incident: open the case", unit: "ms" },
  { id: "memory", input: "incident", about: "whole incident: peak memory", unit: "bytes" },
  { id: "size", input: "incident", about: "whole incident: case, of raw", unit: "share", goal: "0.35" },
];

/** Of these the growth from one size to the next is told. @type {readonly string[]} */
export const GROWING = ["import", "search-literal", "memory"];
