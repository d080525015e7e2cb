/** Quiet colours of services: the same service has the same hue in every trace unless two would collide in one. */

const HUES = 16;
/** Yellow round to magenta, in degrees: reds and oranges are left to what failed. */
const SLOTS = Array.from({ length: HUES }, (_, slot) => 85 + (slot * 280) / HUES);

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

/** Lightness and chroma (OKLCH, so that all hues weigh the same): 3 : 1 or more against the surface of their theme. */
const TONE: Readonly<Record<Theme, { readonly lightness: number; readonly chroma: number; readonly grey: Rgb }>> = {
  dark: { lightness: 0.68, chroma: 0.08, grey: [131, 140, 151] },
  light: { lightness: 0.6, chroma: 0.09, grey: [107, 116, 128] },
};

export function serviceRgb(hue: number | null, theme: Theme): Rgb {
  const { lightness, chroma, grey } = TONE[theme];
  return hue === null ? grey : oklch(lightness, chroma, (hue * Math.PI) / 180);
}

/** https://bottosson.github.io/posts/oklab/ */
function oklch(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    byteOf(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    byteOf(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    byteOf(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

/** A linear channel 0–1 as sRGB 0–255. */
function byteOf(linear: number): number {
  const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, encoded)));
}

export const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;
