// What a person types, as a query of FTS5 in which nothing is an operator.

/**
 * Every word must stand in the row; the last may be the beginning of one, as it is while it is being typed. Null for an
 * empty text, which restricts nothing. Signs without a letter or digit match nothing.
 */
export function matchQuery(text: string): string | null {
  const words = text.split(/[\s\0]+/u).filter((word) => word !== "");
  if (words.length === 0) return null;
  const searchable = words.filter((word) => /[\p{L}\p{N}\p{Co}]/u.test(word));
  if (searchable.length === 0) return `""`;
  return `${searchable.map((word) => `"${word.toWellFormed().replaceAll('"', '""')}"`).join(" AND ")} *`;
}
