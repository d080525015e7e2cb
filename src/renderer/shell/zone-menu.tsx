/** The zone of every time on screen, always said, changed here. */
import { Popover } from "@base-ui/react/popover";
import { Check, ChevronDown } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { offsetLabel, offsetMinutes, zoneLabel } from "../format/zone.ts";
import { useCase } from "../state/case.ts";
import { localZone, setZone, useZone } from "../state/zone.ts";

const SHOWN = 60;

interface Choice {
  readonly zone: string;
  readonly title: string;
}

/** UTC and the local zone first; then the zones whose name holds every typed word. */
export function zoneChoices(typed: string, local: string, all: readonly string[]): readonly Choice[] {
  const words = typed
    .toLowerCase()
    .split(/[\s_/]+/u)
    .filter(Boolean);
  const first: Choice[] = [{ zone: "UTC", title: "UTC" }];
  if (local !== "UTC") first.push({ zone: local, title: `Local: ${zoneLabel(local)}` });
  const named = all
    .filter((zone) => zone !== "UTC" && zone !== local)
    .map((zone) => ({ zone, title: zone.replaceAll("_", " ") }));
  return [...first, ...named]
    .filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
    .slice(0, SHOWN);
}

export function ZoneMenu(): ReactNode {
  const zone = useZone((state) => state.zone);
  const at = useCase((state) => state.info?.from ?? null);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const moment = at === null ? Date.now() : at / 1000;
  const choices = useMemo(
    () => (open ? zoneChoices(typed, localZone(), Intl.supportedValuesOf("timeZone")) : []),
    [open, typed],
  );
  const offset = offsetLabel(offsetMinutes(moment, zone));
  const choose = (chosen: string): void => {
    setZone(chosen);
    setOpen(false);
    setTyped("");
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="button quiet zone-menu" aria-label={`Zone of all times: ${zone}`}>
        {zone === "UTC" ? "UTC" : `${zoneLabel(zone)} (${offset})`}
        <ChevronDown size={13} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="layer" align="end" sideOffset={4}>
          <Popover.Popup className="popup zone-popup" aria-label="Zone">
            <input
              className="field"
              placeholder="City or zone"
              aria-label="City or zone"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && choices[0] !== undefined) choose(choices[0].zone);
              }}
            />
            <ul>
              {choices.map((choice) => (
                <li key={choice.zone}>
                  <button
                    type="button"
                    className="menu-item"
                    aria-pressed={choice.zone === zone}
                    onClick={() => choose(choice.zone)}
                  >
                    {choice.title}
                    <span className="end">{offsetLabel(offsetMinutes(moment, choice.zone))}</span>
                    {choice.zone === zone && <Check size={14} aria-hidden />}
                  </button>
                </li>
              ))}
            </ul>
            {choices.length === 0 && <p className="menu-label">No zone has this name.</p>}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
