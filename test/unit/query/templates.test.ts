import { describe, expect, it } from "vitest";
import { listTemplates } from "../../../src/main/engine/query/template-list.ts";
import { templateOfRecord, templateValues } from "../../../src/main/engine/query/template-values.ts";
import type { OpenCase } from "../../../src/main/engine/query/open-case.ts";
import type { Selection } from "../../../src/shared/contract.ts";
import type { TemplateDecision } from "../../../src/shared/model/template.ts";
import { micros } from "../../../src/shared/units.ts";
import { at, noCheck, testCase, type TestRecord } from "./cases.ts";

const log = (time: number, message: string, level: 3 | 5 = 3): TestRecord => ({
  kind: "log",
  time: at(time),
  level,
  message,
  service: "shop",
});

const ALL: Selection = { filter: "", from: null, to: null, samples: true };

function list(open: OpenCase, selection: Selection = ALL) {
  open.refresh(noCheck);
  const select = (wanted: Selection) => open.selections.select(wanted, noCheck);
  return listTemplates(
    open,
    selection,
    { selected: select(selection), all: select({ ...selection, from: null, to: null }) },
    noCheck,
  );
}

const texts = (open: OpenCase, selection?: Selection): string[] =>
  list(open, selection).templates.map(({ text }) => text);
const idOf = (open: OpenCase, text: string): string =>
  list(open).templates.find((template) => template.text === text)?.id ?? "";
const count = (open: OpenCase, filter: string): number => {
  open.refresh(noCheck);
  return open.selections.select({ ...ALL, filter }, noCheck).count;
};

function logins() {
  const made = testCase();
  made.add(made.source("a"), [
    log(1, "login of ann took 12 ms"),
    log(2, "login of bob took 13 ms"),
    log(3, "login of eve took 1 s"),
    log(8, "disk 3 is full", 5),
    log(9, "disk 4 is full", 5),
    { kind: "sample", time: at(4), name: "cpu", value: 1 },
  ]);
  return made;
}

describe("the templates of a case", () => {
  it("are listed with their counts, times, gravest level and bars", () => {
    const { templates, records, without, compared } = list(logins().open());
    expect(templates).toMatchObject([
      { text: "login of <*> took <*>", count: 3, first: 1, last: 3, level: 3, before: 3, after: 0, isNew: false },
      { text: "disk <*> is full", count: 2, first: 8, last: 9, level: 5, before: 0, after: 2, isNew: true },
    ]);
    expect([records, without]).toEqual([5, 0]);
    expect(compared).toEqual({ what: "halves", from: 5, to: 10 });
    expect(templates[1]?.bars.reduce((sum, bar) => sum + bar)).toBe(2);
    expect(templates[0]?.change).toBeLessThan(0);
    expect(templates[1]?.change).toBeGreaterThan(0);
  });

  it("are compared between a range and the rest", () => {
    const { templates, compared } = list(logins().open(), { ...ALL, from: micros(1), to: micros(3) });
    expect(templates).toMatchObject([{ text: "login of <*> took <*>", count: 2, before: 1, after: 2, isNew: true }]);
    expect(compared).toEqual({ what: "selection", from: 1, to: 3 });
  });

  it("are a field of the filter, and follow the case as it grows", () => {
    const made = testCase();
    const source = made.source("a");
    made.add(source, [log(1, "login of ann"), log(2, "other 1")]);
    const open = made.open();
    const ann = idOf(open, "login of ann");
    expect(count(open, `template:${ann}`)).toBe(1);
    expect(count(open, `-template:${ann}`)).toBe(1);
    expect(count(open, "has:template")).toBe(2);
    made.add(source, [log(3, "login of bob"), log(4, "login of eve")]);
    expect(count(open, `template:${ann}`)).toBe(0);
    expect(count(open, `template:${idOf(open, "login of <*>")}`)).toBe(3);
  });

  it("say nothing of a case without log messages", () => {
    const made = testCase();
    made.add(made.source("a"), [{ kind: "sample", time: at(4), name: "cpu", value: 1 }]);
    expect(list(made.open())).toMatchObject({ templates: [], records: 0, compared: null });
  });
});

describe("the values of a template", () => {
  it("are those of a record, named and typed", () => {
    const open = logins().open();
    open.refresh(noCheck);
    expect(templateOfRecord(open, "s1:2", noCheck)).toMatchObject({
      text: "login of <*> took <*>",
      parameters: [
        { name: "of", value: "eve", type: "text" },
        { name: "took", value: "1 s", type: "duration" },
      ],
    });
    expect(templateOfRecord(open, "s1:5", noCheck)).toBeNull();
    expect(() => templateOfRecord(open, "s1:99", noCheck)).toThrow(/no record/);
  });

  it("are counted over a sample", () => {
    const open = logins().open();
    const id = idOf(open, "disk <*> is full");
    const selected = open.selections.select(ALL, noCheck);
    expect(templateValues(open, id, selected, noCheck)).toMatchObject({
      sampled: 2,
      count: 2,
      parameters: [{ name: "disk", type: "number", distinct: 2, top: [{ value: "3", count: 1 }, { value: "4" }] }],
      examples: [{ ref: "s1:3", message: "disk 3 is full" }, { ref: "s1:4" }],
    });
    expect(templateValues(open, "none", selected, noCheck)).toBeNull();
  });
});

describe("decisions of people", () => {
  const decide = (made: ReturnType<typeof testCase>, decision: TemplateDecision): void =>
    void made.writer.decideTemplate({ decision });

  it("mute a template until they are taken back, also when later records make it more general", () => {
    const made = testCase();
    const source = made.source("a");
    made.add(source, [log(1, "login of ann"), log(2, "other 1")]);
    const open = made.open();
    const id = idOf(open, "login of ann");
    decide(made, { kind: "mute", id, text: "login of ann" });
    expect(list(open).templates.map(({ muted }) => muted)).toEqual([id, null]);
    made.add(source, [log(3, "login of bob"), log(4, "login of eve")]);
    expect(list(open).templates[0]).toMatchObject({ text: "login of <*>", muted: id });
    made.writer.takeBackDecision({ kind: "mute", id });
    expect(list(open).templates[0]?.muted).toBeNull();
  });

  it("make two templates one, and apart again", () => {
    const made = logins();
    const open = made.open();
    const [login, disk] = list(open).templates;
    decide(made, {
      kind: "merge",
      id: disk?.id ?? "",
      text: disk?.text ?? "",
      target: login?.id ?? "",
      targetText: login?.text ?? "",
    });
    expect(list(open).templates).toMatchObject([
      { id: login?.id, count: 5, merged: [{ id: disk?.id, text: "disk <*> is full" }] },
    ]);
    expect(count(open, `template:${login?.id}`)).toBe(5);
    // A circle leads nowhere.
    decide(made, {
      kind: "merge",
      id: login?.id ?? "",
      text: login?.text ?? "",
      target: disk?.id ?? "",
      targetText: disk?.text ?? "",
    });
    expect(list(open).templates.reduce((sum, template) => sum + template.count, 0)).toBe(5);
    made.writer.takeBackDecision({ kind: "merge", id: login?.id ?? "" });
    made.writer.takeBackDecision({ kind: "merge", id: disk?.id ?? "" });
    expect(list(open).templates).toHaveLength(2);
  });

  it("split a template by the words at a place, and the parts can be muted", () => {
    const made = logins();
    const open = made.open();
    const [login] = list(open).templates;
    expect(login?.words).toEqual([{ place: 2, texts: ["ann", "bob", "eve"] }]);
    decide(made, { kind: "split", id: login?.id ?? "", text: login?.text ?? "", place: 2 });
    expect(texts(open)).toEqual(
      expect.arrayContaining(["login of ann took <*>", "login of bob took <*>", "login of eve took <*>"]),
    );
    const ann = idOf(open, "login of ann took <*>");
    decide(made, { kind: "mute", id: ann, text: "login of ann took <*>" });
    expect(list(open).templates.find(({ id }) => id === ann)).toMatchObject({
      muted: ann,
      splitFrom: { id: login?.id },
    });
    made.writer.takeBackDecision({ kind: "split", id: login?.id ?? "" });
    expect(texts(open)).toContain("login of <*> took <*>");
  });

  it("split a template of lists by the words at a place that all of its lines have", () => {
    const made = testCase();
    const names = ["ann", "bob", "eve", "kim"];
    const pairs = names.flatMap((a) => names.map((b) => `${a}, ${b}`));
    const lists = [...pairs, ...pairs.flatMap((pair) => names.map((c) => `${pair}, ${c}`))];
    made.add(
      made.source("a"),
      lists.flatMap((people, index) =>
        ["red", "blue", "green"].map((team, nth) => log(index * 3 + nth, `added ${people} to team ${team} for good`)),
      ),
    );
    const open = made.open();
    const [added] = list(open).templates;
    expect(texts(open)).toEqual(["added <*> to team <*> for good"]);
    expect(added?.words).toMatchObject([{ place: 1 }, { place: 4, texts: ["blue", "green", "red"] }]);
    expect(added?.words[0]?.texts).toContain("kim, ann, bob");
    decide(made, { kind: "split", id: added?.id ?? "", text: added?.text ?? "", place: 4 });
    expect(list(open).templates.map(({ text, count: records }) => [text, records])).toEqual([
      ["added <*> to team blue for good", 80],
      ["added <*> to team green for good", 80],
      ["added <*> to team red for good", 80],
    ]);
  });
});
