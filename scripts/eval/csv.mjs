// Comma-separated values (RFC 4180) as rows of cells.

/** @param {string} text @returns {string[][]} */
export function csvRows(text) {
  const rows = [];
  let cells = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/gy;
  for (let match = cell.exec(text); match !== null && match[0] !== ""; match = cell.exec(text)) {
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === ",") continue;
    rows.push(cells);
    cells = [];
  }
  return rows;
}
