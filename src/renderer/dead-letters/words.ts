/** Reasons as words: "invalid-json" is "Invalid JSON" on screen. */

const UPPER = new Set(["json", "xml", "csv", "utf", "utf8", "id", "url"]);

export function reasonWords(reason: string): string {
  const words = reason.split("-").map((word) => (UPPER.has(word) ? word.toUpperCase() : word));
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
