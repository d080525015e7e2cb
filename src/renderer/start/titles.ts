/** Titles of formats in one line: what stands in brackets or after a comma tells apart what a list of all need not. */
export const shortTitles = (titles: readonly string[]): readonly string[] => [
  ...new Set(titles.map((title) => title.split(/,| \(/u, 1)[0] ?? title)),
];
