import { afterEach, describe, expect, it } from "vitest";
import { keycaps } from "../../../../src/renderer/commands/keys.ts";
import { register, runCommand, useCommands, type Command } from "../../../../src/renderer/commands/registry.ts";

let stop = (): void => {};
afterEach(() => stop());

const command = (over: Partial<Command> = {}): Command => ({
  id: "timeline.fit",
  title: "Fit",
  group: "Timeline",
  run: () => {},
  ...over,
});

describe("commands", () => {
  it("run by id, for as long as they are registered", () => {
    let runs = 0;
    stop = register([command({ run: () => (runs += 1) })]);
    expect(runCommand("timeline.fit")).toBe(true);
    stop();
    expect(runCommand("timeline.fit")).toBe(false);
    expect(runs).toBe(1);
  });

  it("do not run when they do not apply", () => {
    let runs = 0;
    stop = register([command({ when: () => false, run: () => (runs += 1) })]);
    expect(runCommand("timeline.fit")).toBe(false);
    expect(runs).toBe(0);
  });

  it("have ids of their own", () => {
    stop = register([command()]);
    expect(() => register([command()])).toThrow("timeline.fit");
    expect(useCommands.getState().commands.size).toBe(1);
  });
});

it("writes a binding as the caps of a keyboard", () => {
  expect(keycaps("$mod+k", false)).toEqual(["Ctrl", "K"]);
  expect(keycaps("[", false)).toEqual(["["]);
  expect(keycaps("[Shift]+?", false)).toEqual(["?"]);
  expect(keycaps("$mod+k", true)).toEqual(["⌘", "K"]);
  expect(keycaps("[Shift]+?", false)).toEqual(["?"]);
  expect(keycaps("Shift+F6", false)).toEqual(["Shift", "F6"]);
  expect(keycaps("[Shift]++", false)).toEqual(["+"]);
});
