/** The zone of every time on screen, always said, changed here. */
import { useState, type ReactNode } from "react";
import { offsetLabel, offsetMinutes, zoneLabel } from "../../shared/text/zone.ts";
import { useCase } from "../state/case.ts";
import { localZone, setZone, useZone } from "../state/zone.ts";
import { Picker, type Choice } from "../ui/picker.tsx";

const SHOWN = 60;

/** UTC and the local zone first; then the zones whose name holds every typed word. */
export function zoneChoices(typed: string, local: string, all: readonly string[]): readonly Choice[] {
  const words = typed
    .toLowerCase()
    .split(/[\s_/]+/u)
    .filter(Boolean);
  const first: Choice[] = [{ id: "UTC", title: "UTC" }];
  if (local !== "UTC") first.push({ id: local, title: `Local: ${zoneLabel(local)}` });
  const named = all
    .filter((zone) => zone !== "UTC" && zone !== local)
    .map((zone) => ({ id: zone, title: zone.replaceAll("_", " ") }));
  return [...first, ...named]
    .filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
    .slice(0, SHOWN);
}

export function ZoneMenu(): ReactNode {
  const zone = useZone((state) => state.zone);
  const at = useCase((state) => state.info?.from ?? null);
  const [started] = useState(Date.now);
  const moment = at === null ? started : at / 1000;
  const offset = (one: string): string => offsetLabel(offsetMinutes(moment, one));
  return (
    <Picker
      label={`Zone of all times: ${zone}`}
      className="zone-menu"
      shown={zone === "UTC" ? "UTC" : `${zoneLabel(zone)}, ${offset(zone)}`}
      placeholder="City or zone"
      value={zone}
      align="end"
      choices={(typed) =>
        zoneChoices(typed, localZone(), Intl.supportedValuesOf("timeZone")).map(({ id, title }) => ({
          id,
          title,
          aside: offset(id),
        }))
      }
      onChoose={setZone}
    />
  );
}
