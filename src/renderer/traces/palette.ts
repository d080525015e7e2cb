/** The colours of the theme as a canvas needs them: read from the style sheet, once a theme. */
import { useShownTheme } from "../state/layout.ts";

const NAMES = {
  surface: "--surface",
  text: "--text",
  text2: "--text-2",
  text3: "--text-3",
  line: "--line",
  lineStrong: "--line-strong",
  hover: "--hover",
  accent: "--accent",
  accentGround: "--accent-ground",
  failed: "--high",
  warned: "--medium",
  mark: "--mark",
  ui: "--ui",
} as const;

export type Palette = Readonly<Record<keyof typeof NAMES, string>> & { readonly theme: "light" | "dark" };

let known: Palette | null = null;

export function palette(): Palette {
  const theme = useShownTheme.getState().shown;
  if (known?.theme === theme) return known;
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  const entries = Object.entries(NAMES).map(([key, name]) => [key, read(name)]);
  known = { ...(Object.fromEntries(entries) as Record<keyof typeof NAMES, string>), theme };
  return known;
}
