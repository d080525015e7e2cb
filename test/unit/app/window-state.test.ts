import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readWindowState, restoredBounds, writeWindowState } from "../../../src/main/app/window-state.ts";

const screen = { x: 0, y: 0, width: 1_920, height: 1_080 };
const state = { x: 100, y: 50, width: 1_200, height: 800, maximized: false };
const place = (): string => join(mkdtempSync(join(tmpdir(), "faultline-window-")), "window.json");

describe("the window's place", () => {
  it("is the one it was closed at", () => {
    const file = place();
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
  });

  it("is nothing when the file is missing, damaged or too small", () => {
    const file = place();
    expect(readWindowState(file)).toBeNull();
    writeFileSync(file, "{");
    expect(readWindowState(file)).toBeNull();
    writeFileSync(file, JSON.stringify({ ...state, width: 3 }));
    expect(readWindowState(file)).toBeNull();
  });

  it("is kept on a display that is still there, and only its size on one that is gone", () => {
    expect(restoredBounds(state, [screen])).toEqual({ x: 100, y: 50, width: 1_200, height: 800 });
    expect(restoredBounds({ ...state, x: 2_500 }, [screen])).toEqual({ width: 1_200, height: 800 });
    expect(restoredBounds(null, [screen])).toEqual({ width: 1_440, height: 900 });
  });
});
