/** Offsets of time zones at a wall clock: of IANA names, remembered by the quarter of an hour, and of usual abbreviations. */
import { FailureError } from "../../../../../shared/failure.ts";
import { zoneClock } from "../../../../../shared/text/zone.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Every transition since 1970 falls on a quarter of an hour of the wall clock. */
const STEP = 15 * MINUTE;
const MOST_REMEMBERED = 100_000;

/** Minutes east of UTC. The American reading, as RFC 2822 has it, where a name has several. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
};
const offsetByAbbreviation = new Map(Object.entries(ABBREVIATIONS));

/** Minutes east of UTC of a zone abbreviation such as "PDT", or undefined. */
export const offsetOfAbbreviation = (name: string): number | undefined => offsetByAbbreviation.get(name);

/** Turns a wall clock into UTC. */
export interface Zone {
  /** Milliseconds east of UTC at a wall-clock time, given in milliseconds as if it were UTC. */
  offset(wallMs: number): number;
}

const fixed = (offset: number): Zone => ({ offset: () => offset });

export function zoneOf(name: string): Zone {
  if (name === "UTC" || name === "Etc/UTC" || name === "GMT") return fixed(0);
  const numeric = /^([+-])(\d{2}):?(\d{2})$/.exec(name);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
    return fixed((numeric[1] === "-" ? -minutes : minutes) * MINUTE);
  }
  return new NamedZone(name);
}

const MOST_NAMES = 200;
const zoneByName = new Map<string, Zone | null>();

/** The zone that a text names as a time's own ("Europe/Berlin"); null when it is none, or too many were asked for. */
export function zoneNamed(name: string): Zone | null {
  let zone = zoneByName.get(name);
  if (zone === undefined) {
    if (zoneByName.size >= MOST_NAMES) return null;
    zone = zoneOrNull(name);
    zoneByName.set(name, zone);
  }
  return zone;
}

function zoneOrNull(name: string): Zone | null {
  try {
    return new NamedZone(name);
  } catch (error) {
    if (error instanceof FailureError) return null;
    throw error;
  }
}

class NamedZone implements Zone {
  readonly #offsetAt: (utcMs: number) => number;
  readonly #byStep = new Map<number, number>();
  #lastStep = Number.NaN;
  #lastOffset = 0;

  constructor(name: string) {
    try {
      this.#offsetAt = zoneClock(name);
    } catch (cause) {
      throw new FailureError("bad-zone", `"${name}" is no time zone; use an IANA name such as Europe/Berlin.`, {
        cause,
      });
    }
  }

  offset(wallMs: number): number {
    const step = Math.floor(wallMs / STEP);
    if (step === this.#lastStep) return this.#lastOffset;
    let offset = this.#byStep.get(step);
    if (offset === undefined) {
      offset = this.#offsetOfWall(wallMs);
      if (this.#byStep.size >= MOST_REMEMBERED) this.#byStep.clear();
      this.#byStep.set(step, offset);
    }
    this.#lastStep = step;
    this.#lastOffset = offset;
    return offset;
  }

  /** Of a time that the clocks show twice the first; one that they skip is read with the offset before the change. */
  #offsetOfWall(wallMs: number): number {
    const before = this.#offsetAt(wallMs - DAY);
    const after = this.#offsetAt(wallMs + DAY);
    if (before === after || this.#offsetAt(wallMs - before) === before) return before;
    return this.#offsetAt(wallMs - after) === after ? after : before;
  }
}
