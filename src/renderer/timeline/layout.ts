/** Where everything of the chart stands. */
import { LANES, type Lane } from "../../shared/model/event.ts";

export interface Band {
  readonly top: number;
  readonly height: number;
}

export interface LaneBand extends Band {
  readonly lane: Lane;
}

export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  /** Left and right end of the plot; names and values stand left of it. */
  readonly left: number;
  readonly right: number;
  readonly histogram: Band;
  readonly axis: Band;
  readonly lanes: readonly LaneBand[];
  readonly strip: Band | null;
}

const GUTTER = 128;
const RIGHT = 12;
const TOP = 10;
const AXIS = 22;
export const LANE = 22;
const LANE_LEAST = 16;
const STRIP = 72;
const STRIP_LEAST = 48;
const HISTOGRAM_LEAST = 48;

/** The histogram takes what lanes and strip leave; on little room the strip goes first, then lanes get narrower. */
export function layoutChart(width: number, height: number, wantsStrip: boolean): ChartLayout {
  const lanesWhole = LANES.length * LANE;
  const spare = height - TOP - AXIS - lanesWhole - HISTOGRAM_LEAST;
  const stripHeight =
    wantsStrip && spare >= STRIP_LEAST ? Math.min(STRIP + Math.max(0, spare - STRIP) * 0.2, spare, 120) : 0;
  const laneHeight = spare >= 0 ? LANE : Math.max(LANE_LEAST, LANE + spare / LANES.length);
  const lanesHeight = Math.floor(laneHeight) * LANES.length;
  const histogram = { top: TOP, height: Math.max(24, Math.floor(height - TOP - AXIS - lanesHeight - stripHeight)) };
  const axis = { top: histogram.top + histogram.height, height: AXIS };
  const lanesTop = axis.top + axis.height;
  const lanes = LANES.map((lane, at) => ({
    lane,
    top: lanesTop + at * Math.floor(laneHeight),
    height: Math.floor(laneHeight),
  }));
  const stripTop = lanesTop + lanesHeight;
  return {
    width,
    height,
    left: GUTTER,
    right: Math.max(GUTTER + 1, width - RIGHT),
    histogram,
    axis,
    lanes,
    strip: stripHeight > 0 ? { top: stripTop, height: Math.floor(stripHeight) } : null,
  };
}

export const isIn = (y: number, band: Band | null): boolean =>
  band !== null && y >= band.top && y < band.top + band.height;
