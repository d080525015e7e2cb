import { describe, expect, it } from "vitest";
import { scoreGrouping } from "../../../scripts/eval/grouping.mjs";
import logText from "../../../src/main/engine/formats/logs/log-text.ts";
import plainText from "../../../src/main/engine/formats/logs/plain-text.ts";
import { makeSample } from "../../../src/main/engine/formats/sample.ts";
import { TemplateModel } from "../../../src/main/engine/templates/model.ts";
import { Skeletons } from "../../../src/main/engine/templates/skeletons.ts";
import { micros } from "../../../src/shared/units.ts";
import { linesOf, SYSTEMS } from "./systems.ts";

/** The messages of a text log by their lines, read as the file would be. */
function messagesOf(text: string): Map<number, string> {
  const bytes = new TextEncoder().encode(text);
  const messages = new Map<number, string>();
  const format = logText.detect(makeSample("a.log", bytes, true)) === null ? plainText : logText;
  const nothing = (): void => {};
  const parser = format.parser(
    { zone: "UTC", now: micros(1_700_000_000_000_000) },
    {
      read: nothing,
      skip: nothing,
      warn: nothing,
      tests: nothing,
      deadLetter: nothing,
      record: ({ message }, _offset, _length, line) => void messages.set(line, message),
    },
  );
  parser.push(bytes);
  parser.end();
  return messages;
}

function countsOf(messages: Iterable<string>): { skeleton: string; count: number }[] {
  const skeletons = new Skeletons();
  const counts = new Map<string, number>();
  for (const message of messages) {
    const skeleton = skeletons.of(message);
    counts.set(skeleton, (counts.get(skeleton) ?? 0) + 1);
  }
  return [...counts].map(([skeleton, count]) => ({ skeleton, count }));
}

const modelOf = (...sources: (readonly string[])[]): TemplateModel =>
  new TemplateModel(new Map(sources.map((messages, index) => [index, countsOf(messages)])));
const textsOf = (...sources: (readonly string[])[]): string[] => modelOf(...sources).templates.map(({ text }) => text);

describe("templates of systems that were not tuned for", () => {
  it.each(SYSTEMS.flatMap((system) => [2_000, 300].map((count) => ({ system, name: system.name, count }))))(
    "are the true ones in $count lines of a $name",
    ({ system, count }) => {
      const lines = linesOf(system, count, 7);
      const messages = messagesOf(lines.map(({ text }) => `${text}\n`).join(""));
      const skeletons = new Skeletons();
      const model = modelOf([...messages.values()]);
      const found = new Map(
        [...messages].map(([line, text]) => [line, model.fit(0, skeletons.of(text))?.template.id ?? ""]),
      );
      const score = scoreGrouping(found, new Map(lines.map(({ template }, index) => [index + 1, template])));
      expect(score.accuracy).toBeGreaterThan(0.95);
      expect(score.groupF1).toBeGreaterThan(0.95);
    },
  );
});

describe("the templates of a case", () => {
  it("do not depend on the order of records and sources, and keep their ids", () => {
    const lines = linesOf(SYSTEMS[9] ?? { name: "", head: "", templates: [] }, 500, 3).map(({ text }) => text);
    const forward = modelOf(lines.slice(0, 200), lines.slice(200));
    const backward = modelOf(lines.slice(200).toReversed(), lines.slice(0, 200).toReversed());
    expect(backward.templates).toEqual(forward.templates);
  });

  it("have the same id in every case", () => {
    const [first] = modelOf(["disk 3 is full"]).templates;
    const second = modelOf(["other 1", "more"], ["disk 77 is full"]).templates.find(({ text }) =>
      text.includes("disk"),
    );
    expect(first).toMatchObject({ id: second?.id, text: "disk <*> is full", count: 1 });
    expect(first?.id).toMatch(/^[0-9a-f]{12}$/);
  });

  it("take words for values where many stand at one place", () => {
    expect(textsOf(["user ann left", "user bob left", "user eve left"])).toEqual(["user <*> left"]);
  });

  it("take words for values that are values elsewhere", () => {
    const logins = ["login by ann", "login by bob", "login by eve"];
    const failures = ["denied to ann", "denied to eve", "switch to old", "switch to new"];
    expect(textsOf([...logins, ...failures])).toEqual([
      "login by <*>",
      "denied to <*>",
      "switch to new",
      "switch to old",
    ]);
  });

  it("leave verbs, first words and capitals apart", () => {
    const messages = [
      "Task was started",
      "Task was stopped",
      "Task was paused",
      "crond is up",
      "sshd is up",
      "ntpd is up",
    ];
    const states = ["state RUNNING now", "state DONE now", "state FAILED now"];
    expect(textsOf([...messages, ...states]).toSorted()).toEqual([...messages, ...states].toSorted());
  });

  it("count values in a row once, but show them where all lines have the same number", () => {
    expect(textsOf(["sizes 1 2", "sizes 3 4"])).toEqual(["sizes <*> <*>"]);
    expect(textsOf(["sizes 1 2", "sizes 3"])).toEqual(["sizes <*>"]);
  });

  it("are the same for lists of words of any length", () => {
    const names = ["ann", "bob", "eve", "dan"];
    const two = names.map((name, at) => `the news was told to ${name}, ${names.at(at - 1)}`);
    const three = two.map((message, at) => `${message}, ${names.at(at - 2)}`);
    expect(modelOf([...two, ...three]).templates).toMatchObject([{ text: "the news was told to <*>", count: 8 }]);
  });

  it("take a quoted sentence for a value where several of different lengths stand at one place", () => {
    const titles = ["Big Red Box", "Red Shoes", "One for All and Me"];
    const messages = titles.map((title) => `import of "${title}" done`);
    expect(textsOf(messages)).toEqual(['import of "<*>" done']);
    expect(textsOf(messages.slice(1))).toHaveLength(2);
  });

  it("take an object with changing keys, and what stands in brackets, for a value", () => {
    const objects = ['{"id":4,"name":"ann"}', '{"qty":1}', '{"name":"bob","qty":3,"left":[1,{"id":2}]}'];
    expect(textsOf(objects.map((object) => `event ${object} was sent to shop`))).toEqual([
      "event {<*>} was sent to shop",
    ]);
    expect(textsOf(objects.map((object) => `payload: ${object}`))).toEqual(["payload: {<*>}"]);
    expect(textsOf(['{"id":4,"a":1}', '{"qty":1}', '{"b":[1]}'])).toHaveLength(3);
    const causes = ["(no reply)", "(ann has left)", "(a link (the second) is down)"];
    expect(textsOf(causes.map((cause) => `group billing rebalanced ${cause}`))).toEqual([
      "group billing rebalanced (<*>)",
    ]);
  });

  it("take no sign for a bracket that nothing closes, nor one that nothing opens", () => {
    const causes = ["(no reply", "(ann has (left)", "late) and gone"];
    expect(textsOf(causes.map((cause) => `group billing rebalanced ${cause}`))).toHaveLength(3);
  });

  it("take free text behind a colon for a value, but not the few kinds of a failure", () => {
    const causes = ["no reply", "ann has left", "down", "the box was not found", "late", "could not be read at all"];
    const messages = causes.map((cause) => `could not reserve 3 items: ${cause}`);
    expect(textsOf(messages)).toEqual(["could not reserve <*> items: <*>"]);
    expect(textsOf([...messages, ...messages])).toHaveLength(causes.length);
    expect(textsOf(messages.slice(2))).toHaveLength(4);
    expect(textsOf(causes.map((cause) => `error: ${cause}`))).toHaveLength(causes.length);
  });

  it("leave quoted sentences apart that are the text of a key, or nearly all there is", () => {
    const sentences = ["disk is full now", "fan stopped", "link lost to other side", "ok"];
    expect(textsOf(sentences.map((text) => `kind=a level=b msg="${text} today"`))).toHaveLength(4);
    expect(textsOf(sentences.map((text) => `said "${text} today"`))).toHaveLength(4);
  });

  it("take a first word for a value where a colon or a bracket names it", () => {
    expect(textsOf(["lo: link is down", "wan: link is down", "lan: link is down"])).toEqual(["<*>: link is down"]);
  });

  it("do not count a word that is a value elsewhere as wording that is missing", () => {
    const users = ["ann", "bob", "eve", "dan"];
    const messages = users.flatMap((user) => [`session of ${user} was opened`, `(${user}) LIST (${user})`]);
    expect(textsOf(messages).toSorted()).toEqual(["(<*>) LIST (<*>)", "session of <*> was opened"]);
  });

  it("are divided by wording before they are by a place that holds values", () => {
    const messages = [
      "port 7 alpha one",
      "port 8 beta two",
      "port 9 gamma three",
      "port lo link down",
      "port 3 link down",
    ];
    expect(textsOf(messages)).toContain("port <*> link down");
  });

  it("are found together for heads that differ from source to source", () => {
    const bodies = ["disk 1 is full", "fan stopped", "link lost to 10.0.0.1", "boot finished", "clock was set"];
    const threaded = bodies.map((body, index) => `[worker-${index}] ${body}`);
    expect(modelOf(bodies, threaded).templates.map(({ count }) => count)).toEqual([2, 2, 2, 2, 2]);
  });

  it("keep what only looks like a head where a source has few different lines", () => {
    expect(textsOf(["[main] started"])).toEqual(["[main] started"]);
  });
});
