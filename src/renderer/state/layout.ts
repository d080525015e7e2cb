/** How the window is arranged: view, panes, theme, density. Remembered between starts. */
import { z } from "zod";
import { create } from "zustand";
import { readStored, writeStored } from "./stored.ts";

const arrangementSchema = z.object({
  theme: z.enum(["system", "light", "dark"]),
  density: z.enum(["compact", "comfortable"]),
  detailOpen: z.boolean(),
  facetsOpen: z.boolean(),
  stripOpen: z.boolean(),
  /** Long messages of the list take several lines. */
  wrapped: z.boolean().default(false),
  /** Sizes of each group of panes in percent, by panel id. */
  panes: z.record(z.string(), z.record(z.string(), z.number())),
});
export type Arrangement = z.infer<typeof arrangementSchema>;

const DEFAULT: Arrangement = {
  theme: "system",
  density: "compact",
  detailOpen: true,
  facetsOpen: true,
  stripOpen: true,
  wrapped: false,
  panes: {},
};

interface LayoutState extends Arrangement {
  /** Id of the view in the centre. */
  readonly view: string;
  /** The window has no room for facets beside the rows; then they show only when they are asked for. */
  readonly narrow: boolean;
  readonly facetsInNarrow: boolean;
}

export const useLayout = create<LayoutState>(() => ({
  ...readStored("layout", arrangementSchema, DEFAULT),
  view: "timeline",
  narrow: false,
  facetsInNarrow: false,
}));

useLayout.subscribe((state) => writeStored("layout", arrangementSchema.parse(state)));

export const showView = (view: string): void => useLayout.setState({ view });
export const setTheme = (theme: Arrangement["theme"]): void => useLayout.setState({ theme });
export const setDensity = (density: Arrangement["density"]): void => useLayout.setState({ density });
export const toggle = (part: "detailOpen" | "stripOpen" | "wrapped"): void =>
  useLayout.setState((state) => ({ [part]: !state[part] }));

export const useFacetsOpen = (): boolean =>
  useLayout(({ narrow, facetsInNarrow, facetsOpen }) => (narrow ? facetsInNarrow : facetsOpen));
export const toggleFacets = (): void =>
  useLayout.setState(({ narrow, facetsInNarrow, facetsOpen }) =>
    narrow ? { facetsInNarrow: !facetsInNarrow } : { facetsOpen: !facetsOpen },
  );

/** Pixels of the window below which a list of rows has no room for facets and a detail at both of its sides. */
const NARROW = 1_000;

/** Follows the width of the window for as long as it lives. */
export function followWidth(): void {
  const narrow = matchMedia(`(width < ${NARROW}px)`);
  const apply = (): void => useLayout.setState({ narrow: narrow.matches });
  apply();
  narrow.addEventListener("change", apply);
}

export function keepPanes(group: string, sizes: Readonly<Record<string, number>>): void {
  useLayout.setState((state) => ({ panes: { ...state.panes, [group]: { ...sizes } } }));
}

/** Height of a list's row in pixels. */
export const useRowHeight = (): number => useLayout((state) => (state.density === "compact" ? 22 : 28));

/** Theme that is on screen, "system" resolved; canvases redraw when it changes. */
export const useShownTheme = create<{ readonly shown: "light" | "dark" }>(() => ({ shown: "dark" }));

/** Writes theme and density to the root element, now and whenever the person or the system changes them. */
export function followAppearance(root: HTMLElement): void {
  const prefersLight = matchMedia("(prefers-color-scheme: light)");
  const apply = (): void => {
    const { theme, density } = useLayout.getState();
    const shown = theme === "system" ? (prefersLight.matches ? "light" : "dark") : theme;
    root.dataset["theme"] = shown;
    root.dataset["density"] = density;
    useShownTheme.setState({ shown });
  };
  apply();
  prefersLight.addEventListener("change", apply);
  useLayout.subscribe(apply);
}
