/** Small things that outlive the window, kept in localStorage: damaged or missing ones fall back to a default. */
import type { z } from "zod";

export function readStored<T>(key: string, schema: z.ZodType<T>, fallback: T): T {
  try {
    const text = localStorage.getItem(`faultline.${key}`);
    if (text === null) return fallback;
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : fallback;
  } catch {
    return fallback;
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(`faultline.${key}`, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs the memory of a pane's size, nothing else.
  }
}
