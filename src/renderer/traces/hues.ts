/** Quiet colours of services: the same service has the same hue in every trace unless two would collide in one. */

const HUES = 18;
const SLOTS = Array.from({ length: HUES }, (_, slot) => (slot * 360) / HUES);

function hash(text: string): number {
  let sum = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 16_777_619);
  return sum >>> 0;
}

/** A hue in degrees for each name, null for the empty one. More names than hues share them. */
export function serviceHues(names: readonly string[]): readonly (number | null)[] {
  const taken = new Set<number>();
  const slots = new Map<string, number>();
  for (const name of names.toSorted()) {
    let slot = hash(name) % HUES;
    // A step that visits every slot and lands far from the neighbour.
    if (taken.size < HUES) while (taken.has(slot)) slot = (slot + 7) % HUES;
    taken.add(slot);
    slots.set(name, slot);
  }
  return names.map((name) => (name === "" ? null : (SLOTS[slots.get(name) ?? 0] ?? 0)));
}

type Theme = "light" | "dark";
export type Rgb = readonly [red: number, green: number, blue: number];

/** Saturation and lightness keep marks at 3 : 1 or more against the surface of their theme. */
const TONE: Readonly<Record<Theme, { readonly saturation: number; readonly lightness: number; readonly grey: Rgb }>> = {
  dark: { saturation: 0.36, lightness: 0.58, grey: [131, 140, 151] },
  light: { saturation: 0.42, lightness: 0.45, grey: [107, 116, 128] },
};

export function serviceRgb(hue: number | null, theme: Theme): Rgb {
  const { saturation, lightness, grey } = TONE[theme];
  if (hue === null) return grey;
  const amplitude = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const turn = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - amplitude * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

export const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;
