/** Where the window was, restored only onto a display that is still there. */
import { readFileSync, writeFileSync } from "node:fs";
import type { Rectangle } from "electron";
import { z } from "zod";

const stateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(640),
  height: z.int().min(480),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof stateSchema>;

const DEFAULT_SIZE = { width: 1_440, height: 900 };
/** A window counts as reachable when this much of its title bar is on a display, in pixels. */
const REACHABLE = 64;

/** Null when there is none or it cannot be read: the window then opens at its default size. */
export function readWindowState(file: string): WindowState | null {
  try {
    const parsed = stateSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch {
    // A place of the window that is not remembered is no reason to bother anyone who is closing it.
  }
}

/** Bounds to open with: the remembered ones if their title bar lies on one of the displays. */
export function restoredBounds(
  state: WindowState | null,
  displays: readonly Rectangle[],
): Partial<Rectangle> & { width: number; height: number } {
  if (state === null) return DEFAULT_SIZE;
  const { x, y, width, height } = state;
  const reachable = displays.some(
    (display) =>
      x + width - REACHABLE >= display.x &&
      x + REACHABLE <= display.x + display.width &&
      y >= display.y &&
      y + REACHABLE <= display.y + display.height,
  );
  return reachable ? { x, y, width, height } : { width, height };
}
