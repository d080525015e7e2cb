import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { EVERYTHING, namesKind, type Filter } from "../../../src/shared/query/ast.ts";
import { complete } from "../../../src/shared/query/complete.ts";
import { highlight } from "../../../src/shared/query/highlight.ts";
import { parseFilter } from "../../../src/shared/query/parse.ts";
import { printFilter, printTerm } from "../../../src/shared/query/print.ts";
import { conditionOf, filterOf, hostileText } from "./arbitraries.ts";

function read(text: string): Filter {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
  return parsed.filter;
}
function error(text: string): { place: string; message: string } {
  const parsed = parseFilter(text);
  if (parsed.ok) throw new Error(`${text} was accepted`);
  return { place: text.slice(parsed.error.from, parsed.error.to), message: parsed.error.message };
}

describe("the filter language", () => {
  it("joins terms by AND and reads level, service, text, negation, ids and durations", () => {
    expect(read('level>=error service:checkout "timed out" -retry trace:4bf9 duration>500ms')).toEqual({
      type: "and",
      parts: [
        { type: "level", operator: ">=", values: ["error"] },
        { type: "word", field: "service", values: [["checkout"]] },
        { type: "text", text: "timed out" },
        { type: "not", part: { type: "text", text: "retry" } },
        { type: "word", field: "trace", values: [["4bf9"]] },
        { type: "number", field: "duration", operator: ">", value: 500_000 },
      ],
    });
  });

  it("binds NOT before AND before OR", () => {
    expect(printFilter(read("a b OR NOT c (d OR e)"))).toBe("a b OR -c (d OR e)");
    expect(read("-(a b)")).toEqual({
      type: "not",
      part: {
        type: "and",
        parts: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      },
    });
    expect(read("a AND b")).toEqual(read("a b"));
  });

  it("reads != as NOT =", () => {
    expect(read("service!=a")).toEqual(read("-service:a"));
  });

  it("takes lists, wildcards and quoted values", () => {
    expect(read('service:a,"b c",ch*k*')).toMatchObject({ values: [["a"], ["b c"], ["ch", "k", ""]] });
    expect(read('service:"a*b"')).toMatchObject({ values: [["a*b"]] });
    expect(read('name:"GET /"*')).toMatchObject({ values: [["GET /", ""]] });
  });

  it("reads every unit of a duration", () => {
    const micros = ["1ns", "1us", "1µs", "1ms", "1s", "1m", "1h", "1.5s"].map(
      (text) => (read(`duration>${text}`) as { value: number }).value,
    );
    expect(micros).toEqual([0.001, 1, 1, 1_000, 1e6, 6e7, 3.6e9, 1.5e6]);
  });

  it("reads times in UTC unless they name a zone", () => {
    const time = Date.UTC(2026, 5, 20, 10) * 1_000;
    for (const text of [
      "2026-06-20T10:00Z",
      "2026-06-20T10:00",
      "2026-06-20T12:00+02:00",
      "2026-06-20T05:30-04:30",
      "2026-06-20T10",
    ]) {
      expect(read(`time>=${text}`)).toMatchObject({ time });
    }
    expect(read("time:2026-06-20T10:00:00.25Z")).toMatchObject({ time: time + 250_000, width: 10_000 });
    expect(error("time>2026-02-30").message).toContain("is no time");
  });

  it("takes severities where levels go, and level names in other spellings", () => {
    expect(read("level>=HIGH")).toEqual({ type: "level", operator: ">=", values: ["high"] });
    expect(read("level:Warning")).toEqual({ type: "level", operator: "=", values: ["warn"] });
    expect(read("severity:high")).toEqual({ type: "severity", operator: "=", values: ["HIGH"] });
  });

  it("takes addresses, paths and clock times for text, and unknown names for fields of the record", () => {
    expect(read("http://db-3:5432")).toEqual({ type: "text", text: "http://db-3:5432" });
    expect(read("12:30:05")).toEqual({ type: "text", text: "12:30:05" });
    expect(read("/api/users")).toEqual({ type: "text", text: "/api/users" });
    expect(read("http.route:/api/x")).toEqual({ type: "field", key: "http.route", values: [["/api/x"]] });
    expect(read("http.status>=500")).toEqual({ type: "fieldNumber", key: "http.status", operator: ">=", value: 500 });
    expect(read("constructor:1 __proto__:2")).toMatchObject({ parts: [{ key: "constructor" }, { key: "__proto__" }] });
  });

  it("reads no text as everything", () => {
    expect(read("  ")).toEqual(EVERYTHING);
    expect(printFilter(EVERYTHING)).toBe("");
  });

  it("says where and what is wrong", () => {
    expect(error("level>=loud")).toEqual({
      place: "loud",
      message: expect.stringContaining('"loud" is no level; there are trace, debug') as string,
    });
    expect(error('a "b')).toEqual({ place: '"b', message: "The quote that opens here is not closed." });
    expect(error("(a b")).toEqual({ place: "(", message: "The parenthesis that opens here is not closed." });
    expect(error("a )")).toEqual({ place: ")", message: "This parenthesis closes nothing." });
    expect(error("service:")).toEqual({ place: "service:", message: 'A value is missing after "service:".' });
    expect(error("service:a,").message).toBe("A value is missing after the comma.");
    expect(error("a OR").message).toBe("A term is missing at the end.");
    expect(error("OR a").message).toContain("A term is missing before OR");
    expect(error("duration>5").message).toContain("units ns, us, ms, s, m, h");
    expect(error("service>a").message).toContain("has no order");
    expect(error("level:constructor").message).toContain("is no level");
    expect(error("kind:bogus").place).toBe("bogus");
  });

  it("reads regular expressions with their flags, and a slash inside behind a backslash", () => {
    expect(read("/time.*out/")).toEqual({ type: "regex", pattern: "time.*out", flags: "" });
    expect(read("/a b/si")).toEqual({ type: "regex", pattern: "a b", flags: "is" });
    expect(read("/a\\/b/")).toEqual({ type: "regex", pattern: "a/b", flags: "" });
    expect(read("/var/log")).toEqual({ type: "text", text: "/var/log" });
  });

  it("refuses a regular expression that cannot be read, with its place", () => {
    expect(error("a /b(/i d")).toEqual({
      place: "/b(/i",
      message: expect.stringContaining("missing closing )") as string,
    });
    expect(error("/b/g").message).toContain('no flag "g"');
    expect(error("/(?=b)/").message).toContain("Look-around and back references are not supported");
  });

  it("takes regular expressions as values of fields, in lists and beside parentheses", () => {
    expect(read("service:/ca(rt|che)/i")).toEqual({
      type: "word",
      field: "service",
      values: [{ pattern: "ca(rt|che)", flags: "i" }],
    });
    expect(read("(http.route:/^\\/api/,/a,b/,x*)")).toEqual({
      type: "field",
      key: "http.route",
      values: [{ pattern: "^/api", flags: "" }, { pattern: "a,b", flags: "" }, ["x", ""]],
    });
    expect(read("service!=/a b/")).toEqual(read("-service:/a b/"));
    expect(read('http.route:"/api/"')).toMatchObject({ values: [["/api/"]] });
    expect(read("http.route:/api/cart/")).toMatchObject({ values: [["/api/cart/"]] });
  });

  it("refuses a field's regular expression that cannot be read, or has no end", () => {
    expect(error("x service:a,/b(/i d")).toEqual({
      place: "/b(/i",
      message: expect.stringContaining("missing closing )") as string,
    });
    expect(error("service:/ca(rt").message).toBe('The regular expression that opens here needs a "/" at its end.');
    expect(error("level:/err/").message).toContain('"/err/" is no level');
  });

  it("prints a click on a path so that no regular expression arises", () => {
    expect(printTerm("http.route", "/api/")).toBe('http.route:"/api/"');
  });

  it("refuses nesting that would exhaust the stack, and filters without end", () => {
    expect(error("(".repeat(5_000)).message).toContain("nested more than 100 deep");
    expect(error("-".repeat(5_000) + "a").message).toContain("nested more than 100 deep");
    expect(error("a".repeat(20_000)).message).toContain("longer than");
  });

  it("knows a filter that names a kind wherever it stands", () => {
    expect(namesKind(read("a -(b OR kind:sample)"))).toBe(true);
    expect(namesKind(read("kind"))).toBe(false);
  });

  it("reads what it prints as the same filter", () => {
    fc.assert(
      fc.property(filterOf(conditionOf(hostileText)), (filter) => {
        expect(parseFilter(printFilter(filter))).toEqual({ ok: true, filter });
      }),
      { numRuns: 500 },
    );
  });

  it("answers any text with a filter or with an error inside of the text", () => {
    fc.assert(
      fc.property(hostileText, fc.nat(50), (text, cursor) => {
        const parsed = parseFilter(text);
        const again = parsed.ok ? parseFilter(printFilter(parsed.filter)) : parsed;
        expect(again).toEqual(parsed);
        const { from, to, message } = parsed.ok ? { from: 0, to: 0, message: "." } : parsed.error;
        expect(message).toMatch(/\.$/);
        expect(from).toBeLessThanOrEqual(to);
        expect(to).toBeLessThanOrEqual(text.length);
        const completion = complete(text, cursor);
        expect(completion.from).toBeLessThanOrEqual(completion.to);
        for (const place of highlight(text))
          expect(text.slice(place.from, place.to).length).toBe(place.to - place.from);
      }),
      { numRuns: 1_000 },
    );
  });

  it("prints a term for a value of any shape", () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        expect(parseFilter(printTerm("service", value))).toEqual({
          ok: true,
          filter: { type: "word", field: "service", values: [[value]] },
        });
      }),
    );
  });
});

describe("completion", () => {
  const inserts = (text: string, cursor = text.length): string[] =>
    complete(text, cursor).suggestions.map(({ insert }) => insert);

  it("offers nothing where a regular expression ends: letters there would become its flags", () => {
    expect(complete("/refused/", 9).suggestions).toEqual([]);
    expect(complete("-/refused/i", 11).suggestions).toEqual([]);
    expect(complete("service:/ca/", 12)).toMatchObject({ suggestions: [], asksCase: false });
    expect(complete("/refused/i ", 11).suggestions).not.toEqual([]);
  });

  it("offers fields by their beginning, then operators, then values", () => {
    expect(inserts("se")).toEqual(["severity:", "service:"]);
    expect(inserts("level")).toContain(">=");
    expect(inserts("level>=er")).toEqual(["error"]);
    expect(inserts("a (kind:ev")).toEqual(["event"]);
  });

  it("leaves values of open fields to the case, with the place that they replace", () => {
    expect(complete("x service:a,che y", 15)).toMatchObject({
      what: "value",
      field: "service",
      prefix: "che",
      from: 12,
      to: 15,
      asksCase: true,
    });
    expect(complete('service:"my ser', 15)).toMatchObject({
      what: "value",
      field: "service",
      prefix: "my ser",
      from: 8,
      asksCase: true,
    });
    expect(complete("service:", 8)).toMatchObject({ what: "value", field: "service", prefix: "", from: 8 });
    expect(complete("service:a,", 10)).toMatchObject({ what: "value", field: "service", prefix: "", from: 10 });
    expect(complete("duration>5", 10).asksCase).toBe(false);
  });

  it("offers every field after a space", () => {
    expect(inserts("level>=error ").length).toBeGreaterThan(10);
  });
});

describe("colouring", () => {
  it("names each part of a term", () => {
    const text = '-service:a,b OR "x';
    expect(highlight(text).map(({ from, to, style }) => [text.slice(from, to), style])).toEqual([
      ["-", "keyword"],
      ["service", "field"],
      [":", "operator"],
      ["a", "value"],
      ["b", "value"],
      ["OR", "keyword"],
      ['"x', "error"],
    ]);
    expect(highlight("/a b/i service:/c/,d").map(({ style }) => style)).toEqual([
      "regex",
      "field",
      "operator",
      "regex",
      "value",
    ]);
  });
});
