/** The zone in which every time of the window is written. */
import { z } from "zod";
import { create } from "zustand";
import { readStored, writeStored } from "./stored.ts";
import { isZone } from "../../shared/text/zone.ts";

interface ZoneState {
  /** IANA name. */
  readonly zone: string;
}

export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const stored = readStored("zone", z.string(), "UTC");

export const useZone = create<ZoneState>(() => ({ zone: isZone(stored) ? stored : "UTC" }));

export function setZone(zone: string): void {
  if (!isZone(zone)) return;
  useZone.setState({ zone });
  writeStored("zone", zone);
}
