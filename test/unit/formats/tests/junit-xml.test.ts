import { describe, expect, it } from "vitest";
import junitXml from "../../../../src/main/engine/formats/tests/junit-xml.ts";
import { makeSample } from "../../../../src/main/engine/formats/sample.ts";
import { runReport } from "../report-run.ts";

const run = (text: string): ReturnType<typeof runReport> => runReport(junitXml, text);

const detects = (text: string): boolean =>
  junitXml.detect(makeSample("x", new TextEncoder().encode(text), true)) !== null;

describe("JUnit XML", () => {
  it("counts a test that ran several times once, by its gravest outcome", () => {
    const { totals, read, accounted } = run(
      `<testsuite><testcase classname="a" name="b"/><testcase classname="a" name="b"><failure/></testcase>` +
        `<testcase classname="a" name="c"><error/></testcase><testcase classname="a" name="d"><skipped/></testcase></testsuite>`,
    );
    expect(totals).toEqual({ total: 3, passed: 0, failed: 1, errors: 1, skipped: 1 });
    expect([read, accounted]).toEqual([4, 4]);
  });

  it("does not expand entities that a document defines", () => {
    const { totals, warnings } = run(
      `<!DOCTYPE testsuite [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>`,
    );
    expect(totals?.total).toBe(1);
    expect(warnings).toEqual(["bad-xml"]);
  });

  it("survives 100,000 elements that never end", () => {
    const result = run(`<testsuite><testcase name="a">${"<x>".repeat(100_000)}`);
    expect(result.reasons).toEqual(["truncated"]);
    expect(result.accounted).toBe(result.read);
  });

  it("is told from other XML by its root, whatever stands before it", () => {
    expect(
      detects(`<?xml version="1.0"?>\n<!-- <testsuite> -->\n<!DOCTYPE testsuites [<!ENTITY a "b">]>\n<testsuites/>`),
    ).toBe(true);
    expect(detects(`<?xml version="1.0"?><!-- <testsuite> --><assemblies/>`)).toBe(false);
    expect(detects("<!---->".repeat(9_000))).toBe(false);
    expect(detects("testsuite")).toBe(false);
  });
});
