import { describe, expect, it } from "vitest";
import { readNotes } from "../../../../src/shared/report/notes.ts";
import { momentText, readMoment } from "../../../../src/renderer/notes/moment.ts";
import { newNote, readDraft, textOf, withoutId, type Draft, type Note } from "../../../../src/renderer/notes/note.ts";

const at = (iso: string): number => Date.parse(iso) * 1000;
const DAY = at("2026-06-20T14:00:00Z");

describe("the time of a note", () => {
  it.each([
    ["14:03", "UTC", "2026-06-20T14:03:00Z"],
    ["14:03:11", "UTC", "2026-06-20T14:03:11Z"],
    ["14:03", "Europe/Berlin", "2026-06-20T12:03:00Z"],
    ["2026-06-19 23:59", "UTC", "2026-06-19T23:59:00Z"],
    ["2026-06-20T14:03:11Z", "Europe/Berlin", "2026-06-20T14:03:11Z"],
    ["2026-06-20 14:03:11 +02:00", "UTC", "2026-06-20T12:03:11Z"],
  ])("%s in %s is %s", (text, zone, iso) => {
    expect(readMoment(text, zone, DAY)).toBe(at(iso));
  });

  it("keeps microseconds through being shown and read again", () => {
    const time = DAY + 123_456;
    expect(momentText(time, "America/New_York")).toBe("2026-06-20 10:00:00.123456");
    expect(readMoment(momentText(time, "America/New_York"), "America/New_York", 0)).toBe(time);
  });

  it.each(["", "now", "25:00", "14:60", "2026-02-30 10:00", "2026-13-01 10:00", "14"])("%j is no time", (text) => {
    expect(readMoment(text, "UTC", DAY)).toBeNull();
  });
});

describe("what a person wrote", () => {
  const draft: Draft = { text: "", time: "14:03", severity: "INFO", service: "", tags: "" };

  it("makes the first line the title and the rest the description, and back", () => {
    const read = readDraft({ ...draft, text: " Pager went off \nat home\nasleep " }, "UTC", DAY);
    expect(read).toMatchObject({ ok: true, note: { title: "Pager went off", description: "at home\nasleep" } });
    expect(read.ok && textOf(read.note)).toBe("Pager went off\nat home\nasleep");
  });

  it("has no service when none was written, and each tag once", () => {
    const read = readDraft({ ...draft, text: "x", service: "  ", tags: "a, b,,a" }, "UTC", DAY);
    expect(read).toMatchObject({ ok: true, note: { service: null, tags: ["a", "b"] } });
  });

  it("says which part cannot be saved", () => {
    expect(readDraft({ ...draft, text: " \n " }, "UTC", DAY)).toMatchObject({ ok: false, field: "text" });
    expect(readDraft({ ...draft, text: "x", time: "soon" }, "UTC", DAY)).toMatchObject({ ok: false, field: "time" });
  });

  it("refuses a time that no record can have", () => {
    expect(readDraft({ ...draft, text: "x", time: "1066-10-14 09:00" }, "UTC", DAY)).toMatchObject({ field: "time" });
  });

  it("brings a deleted note back with all it had", () => {
    const read = readDraft({ ...draft, text: "x" }, "UTC", DAY);
    const made = read.ok ? newNote(read.note, "one") : null;
    expect(made).toMatchObject({ source: "MANUAL", kind: "note", fingerprint: "one" });
    expect(withoutId({ ...made, id: 7 } as Note)).toEqual(made);
  });
});

it("reads the notes of every page", async () => {
  const pages = [
    { items: [{ id: 1 }], next: "a", total: 2 },
    { items: [{ id: 2 }], next: null, total: 2 },
  ];
  const notes = await readNotes(({ after }) => Promise.resolve(pages[after === null ? 0 : 1] as never));
  expect(notes.map(({ id }) => id)).toEqual([1, 2]);
});
