/** Contrast of the theme's colours (WCAG 2.2: 1.4.3 text, 1.4.11 graphics), over every ground that they are written on. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const css = readFileSync(join(import.meta.dirname, "../../../../src/renderer/ui/theme.css"), "utf8");

/** Variables of the first block that begins with the selector. */
function variablesOf(selector: string): ReadonlyMap<string, string> {
  const block = css.slice(css.indexOf(`\n${selector} {`)).split("}")[0] ?? "";
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[\da-f]+);/giu)].map(([, name = "", value = ""]) => [name, value]),
  );
}

const dark = variablesOf(":root");
const light = new Map([...dark, ...variablesOf(':root[data-theme="light"]')]);

function colour(theme: ReadonlyMap<string, string>, name: string): Colour {
  const digits = theme.get(name)?.slice(1) ?? "";
  if (digits.length !== 6 && digits.length !== 8) throw new Error(`--${name} is no colour of six or eight digits`);
  const at = (index: number): number => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  return [at(0), at(1), at(2), digits.length === 8 ? at(3) / 255 : 1];
}

const over = ([r, g, b, a]: Colour, [gr, gg, gb]: Colour): Colour => [
  r * a + gr * (1 - a),
  g * a + gg * (1 - a),
  b * a + gb * (1 - a),
  1,
];

function luminance([r, g, b]: Colour): number {
  const linear = (value: number): number => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function contrast(a: Colour, b: Colour): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["ground", "surface", "raised", "floating"] as const;
/** What lies over a ground under the text of a row: pointed at, pressed, selected. */
const VEILS = ["hover", "accent-ground"] as const;
const TEXTS = ["text", "text-2", "text-3", "accent"] as const;
const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;
const MARKS = ["change", "flag", "note", "series", "good", "field-line"] as const;

/** What is too faint, in words: "light: text-3 on raised 4.21". */
function tooFaint(least: number, names: readonly string[], grounds: readonly (readonly string[])[]): readonly string[] {
  const faint: string[] = [];
  for (const [title, theme] of [
    ["dark", dark],
    ["light", light],
  ] as const) {
    for (const layers of grounds) {
      const below = layers.reduce<Colour>((under, name) => over(colour(theme, name), under), [0, 0, 0, 1]);
      for (const name of names) {
        const ratio = contrast(over(colour(theme, name), below), below);
        if (ratio < least) faint.push(`${title}: ${name} on ${layers.join(" under ")} ${ratio.toFixed(2)}`);
      }
    }
  }
  return faint;
}

describe("colours of the theme", () => {
  const plain = GROUNDS.map((ground) => [ground]);
  const veiled = VEILS.map((veil) => ["surface", veil]);

  it("leave text readable on every ground", () => {
    expect(tooFaint(4.5, [...TEXTS, ...SEVERITIES, "change", "flag", "note"], plain)).toEqual([]);
  });

  it("leave text readable in a row that is pointed at or selected", () => {
    expect(tooFaint(4.5, [...TEXTS, ...SEVERITIES], veiled)).toEqual([]);
  });

  it("leave the words of a main button and of a badge readable", () => {
    expect(tooFaint(4.5, ["on-accent"], [["accent"]])).toEqual([]);
    expect(tooFaint(4.5, ["text"], [["line-strong"]])).toEqual([]);
  });

  it("leave marks, charts and the borders of fields visible", () => {
    expect(tooFaint(3, [...MARKS, ...SEVERITIES, "accent"], plain)).toEqual([]);
  });
});
