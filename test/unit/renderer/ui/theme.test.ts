import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../../../src/renderer/ui/theme.css", import.meta.url), "utf8");

function colours(block: string): ReadonlyMap<string, string> {
  const at = css.indexOf(block);
  if (at < 0) throw new Error(`theme.css has no ${block}`);
  const body = css.slice(css.indexOf("{", at), css.indexOf("}", at));
  return new Map([...body.matchAll(/--([\w-]+):\s*(#[\da-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]));
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const READ = ["text", "text-2", "text-3", "accent", "critical", "high", "medium", "low", "info", "change"];
const GROUNDS = ["ground", "surface", "raised"];
const MARKS = ["flag", "note", "series", "good"];

describe.each([
  ["dark", ":root {"],
  ["light", ':root[data-theme="light"] {'],
])("the %s theme", (_, block) => {
  const theme = colours(block);
  const colour = (name: string): string => {
    const value = theme.get(name);
    if (value === undefined) throw new Error(`the theme has no --${name}`);
    return value;
  };

  it.each(READ)("has --%s readable on every ground", (name) => {
    for (const ground of GROUNDS) expect(contrast(colour(name), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(MARKS)("has --%s visible as a mark", (name) =>
    expect(contrast(colour(name), colour("surface"))).toBeGreaterThanOrEqual(3),
  );

  it("has readable words on the accent", () =>
    expect(contrast(colour("on-accent"), colour("accent"))).toBeGreaterThanOrEqual(4.5));
});
