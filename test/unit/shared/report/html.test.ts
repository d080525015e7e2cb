import { describe, expect, it } from "vitest";
import { reportAsHtml } from "../../../../src/shared/report/html.ts";
import { makeReport } from "../../../../src/shared/report/report.ts";
import { facts, saying } from "./support.ts";

const page = reportAsHtml(makeReport(facts));

/** Names of the elements with their attributes, in order: all that is markup. */
const tagsOf = (html: string): readonly string[] =>
  (html.match(/<[^>]*>/gu) ?? []).map((tag) => tag.replaceAll(/title="[^"]*"/gu, "title"));

describe("the page of a report", () => {
  it("cites the file and line of each piece of evidence, with its whole path in reach", () => {
    expect(page).toContain(
      'Deployed on pay <code title="/dumps/changes/deploys.json:4">changes/deploys.json:4</code></li>',
    );
    expect(page).toContain('<code title="/dumps/logs/pay.log:3">logs/pay.log:3</code>');
  });

  it("needs nothing beside it, and forbids what it does not need", () => {
    expect(page).not.toMatch(/<(?:script|link|img|iframe|object|base|form)\b|\ssrc=|\shref=|\son\w+=|url\(|@import/iu);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline';`);
  });

  it("keeps the lines of a note", () => {
    expect(reportAsHtml(makeReport(saying("one\ntwo")))).toContain("one\ntwo, again</div>");
  });

  it.each([
    "</title></style><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "<img src=x onerror=alert(1)>",
    "&lt;script&gt; &#60;b&#62;",
    "<!-- --> ]]> <![CDATA[",
    "\u0000<\u0000b> \u202e\u2066 \ufeff",
    "${alert(1)} {{alert(1)}}",
    "\ud800<",
  ])("stays the same markup where every text says %j", (text) => {
    const hostile = reportAsHtml(makeReport(saying(text)));
    expect(tagsOf(hostile)).toEqual(tagsOf(reportAsHtml(makeReport(saying("harmless")))));
    expect(hostile).not.toMatch(/[\u0000-\u0008\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
  });

  it("shows markup of a log as its text", () => {
    expect(reportAsHtml(makeReport(saying("a <b> & \"c\" 'd'")))).toContain(
      "<h1>Incident: a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;</h1>",
    );
  });

  it("closes every element that it opens", () => {
    const open: string[] = [];
    for (const [, closing, name = ""] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/gu)) {
      if (closing === "/" && open.at(-1) === name) open.pop();
      else if (name !== "meta" && name !== "br") open.push(`${closing}${name}`);
    }
    expect(open).toEqual([]);
  });
});
