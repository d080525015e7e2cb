import { describe, expect, it } from "vitest";
import { serviceHues, serviceRgb } from "../../../../src/renderer/traces/hues.ts";

const luminance = (rgb: readonly number[]): number => {
  const [red = 0, green = 0, blue = 0] = rgb.map((byte) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: readonly number[], b: readonly number[]): number => {
  const [less = 0, more = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (more + 0.05) / (less + 0.05);
};

const NAMES = ["frontend", "checkout", "payment", "email", "cart", "shipping", "currency", "ads", "redis", "postgres"];

describe("hues of services", () => {
  it("differ within a trace and do not hang on the order of the spans", () => {
    const hues = serviceHues(NAMES);
    expect(new Set(hues).size).toBe(NAMES.length);
    expect(serviceHues(NAMES.toReversed())).toEqual(hues.toReversed());
  });

  it("are shared when there are more services than hues", () => {
    const many = Array.from({ length: 300 }, (_, at) => `service-${at}`);
    expect(serviceHues(many).every((hue) => typeof hue === "number")).toBe(true);
  });

  it("are grey without a service", () => {
    expect(serviceHues([""])).toEqual([null]);
  });

  it.each([
    ["dark", [27, 30, 34]],
    ["light", [250, 250, 250]],
  ] as const)("stand out from the %s surface at 3 : 1", (theme, surface) => {
    for (const hue of [null, ...serviceHues(NAMES)]) {
      expect(contrast(serviceRgb(hue, theme), surface)).toBeGreaterThanOrEqual(3);
    }
  });
});
