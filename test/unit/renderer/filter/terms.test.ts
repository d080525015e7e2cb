import { describe, expect, it } from "vitest";
import { setTerm, termState, withText } from "../../../../src/renderer/filter/terms.ts";

describe("a click on a value", () => {
  it("adds it behind what was typed", () => {
    expect(setTerm("", "service", "checkout", "included")).toBe("service:checkout");
    expect(setTerm('level>=error "timed out"', "service", "checkout", "included")).toBe(
      'level>=error "timed out" service:checkout',
    );
  });

  it("widens the values of the same field", () => {
    expect(setTerm("service:checkout timeout", "service", "payment", "included")).toBe(
      "service:checkout,payment timeout",
    );
  });

  it("takes it away again", () => {
    expect(setTerm("service:checkout,payment timeout", "service", "checkout", null)).toBe("service:payment timeout");
    expect(setTerm("service:payment timeout", "service", "payment", null)).toBe("timeout");
  });

  it("excludes it, and not both at once", () => {
    expect(setTerm("service:checkout", "service", "checkout", "excluded")).toBe("-service:checkout");
    expect(setTerm("-service:checkout", "service", "checkout", "included")).toBe("service:checkout");
    expect(setTerm("-service:checkout x", "service", "checkout", null)).toBe("x");
  });

  it("shows it alone", () => {
    expect(setTerm("service:checkout,payment timeout", "service", "cart", "included", true)).toBe(
      "timeout service:cart",
    );
  });

  it("binds to the whole of an alternative", () => {
    expect(setTerm("timeout OR refused", "service", "cart", "included")).toBe("(timeout OR refused) service:cart");
  });

  it("quotes what needs it", () => {
    expect(setTerm("", "source", "dumps/a b.log", "included")).toBe('source:"dumps/a b.log"');
    expect(termState('source:"dumps/a b.log"', "source", "dumps/a b.log")).toBe("included");
  });

  it("adds any field of a record", () => {
    expect(setTerm("", "http.route", "/egress", "included")).toBe('http.route:"/egress"');
    expect(setTerm("", "severity", "HIGH", "included")).toBe("severity:high");
  });

  it("leaves alone what cannot be read", () => {
    expect(setTerm("level>=", "service", "cart", "included")).toBe("level>= service:cart");
    expect(setTerm("level>=", "service", "cart", null)).toBe("level>=");
  });
});

it("knows what a filter says of a value", () => {
  expect(termState("service:a,b -kind:span", "service", "b")).toBe("included");
  expect(termState("service:a,b -kind:span", "kind", "span")).toBe("excluded");
  expect(termState("service:a,b", "service", "c")).toBeNull();
});

describe("text that was marked", () => {
  it("is asked for, or left out, beside what was typed, whatever it would mean there", () => {
    expect(withText("level>=error", "timed out", false)).toBe('level>=error "timed out"');
    expect(withText("", "a:b OR -c", true)).toBe('-"a:b OR -c"');
    expect(withText("a OR b", "(x)", false)).toBe('(a OR b) "(x)"');
  });

  it("stands behind what cannot be read", () => {
    expect(withText('service:"x', "lost", true)).toBe('service:"x -lost');
  });
});
