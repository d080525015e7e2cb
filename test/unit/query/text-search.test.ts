import { describe, expect, it } from "vitest";
import { textSearch } from "../../../src/main/engine/query/text-search.ts";

const bytesOf = (term: string): string | null => {
  const { literal } = textSearch(term);
  return literal && Buffer.from(literal.bytes).toString();
};

describe("the text of a term", () => {
  it("is decided by its bytes where no letter beyond ASCII has two cases", () => {
    for (const term of ["error", "Error", "GET /", "错误", "err 错误", "Größe", "100 %"])
      expect([term, textSearch(term).decides, bytesOf(term)]).toEqual([term, true, term]);
  });

  it("is decided by the decoded text otherwise, and only where the bytes hold what has no other case", () => {
    expect([textSearch("größe").decides, bytesOf("größe")]).toEqual([false, "gr"]);
    expect([textSearch("öä").decides, bytesOf("öä")]).toEqual([false, null]);
    expect([textSearch("错k误误").decides, bytesOf("错k误误")]).toEqual([false, "误误"]);
  });

  it("takes no letter for one of a single case that another becomes in small letters", () => {
    const single = /[\0-\x7f]|\p{Lo}/u;
    const becoming = new Set<string>();
    for (let code = 0x80; code <= 0x10ffff; code += 1) {
      const letter = String.fromCodePoint(code);
      const small = letter.toLowerCase();
      if (small !== letter) for (const one of small) if (single.test(one)) becoming.add(one);
    }
    expect([...becoming].toSorted()).toEqual(["i", "k"]);
  });
});
