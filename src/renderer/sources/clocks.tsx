/** Clocks of sources that differ: found once everything is read, told where times stand side by side. */
import { useEffect, type ReactNode } from "react";
import { clockText, isNotable } from "../../shared/clock-text.ts";
import { fileName } from "../../shared/text/path.ts";
import { formatCountOf } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { useCase } from "../state/case.ts";
import { readClocks, useClocks } from "../state/clocks.ts";
import { useList } from "../records/store.ts";
import { focusOn } from "../state/focus.ts";
import { showView, useLayout } from "../state/layout.ts";

/** After the first screen is drawn. */
const REST_MS = 1_000;

/**
 * The answer looks at the ids of all records, and whoever asks meanwhile waits: bars and rows come first, whole, where
 * the timeline is on screen.
 */
export function ClockWatch(): ReactNode {
  const question = useCase(({ info }) =>
    info === null || info.reading > 0 || info.analysing ? null : `${info.file} ${info.revision}`,
  );
  const isListed = useList(({ counted, failure }) => failure !== null || counted?.searched === 1);
  const hasList = useLayout(({ view }) => view === "timeline");
  const ready = isListed || !hasList;
  useEffect(() => {
    if (question === null || !ready) return undefined;
    const timer = setTimeout(readClocks, REST_MS);
    return () => clearTimeout(timer);
  }, [question, ready]);
  return null;
}

/** Of one source; null where too few ids tell. */
export function ClockFact({ id }: { readonly id: number }): ReactNode {
  const clocks = useClocks((state) => state.clocks);
  const own = clocks.find(({ sourceId }) => sourceId === id);
  if (own !== undefined) return visibleLine(clockText(own, fileName));
  const held = clocks.filter(({ referenceId }) => referenceId === id).length;
  return held === 0 ? null : `The clocks of ${formatCountOf(held, "source")} are held against this one`;
}

/** A word above the list where clocks differ enough to turn the order of what happened around. */
export function ClockNote(): ReactNode {
  const clocks = useClocks((state) => state.clocks).filter(isNotable);
  const [first] = clocks;
  if (first === undefined) return null;
  const texts = clocks.map((clock) => `${fileName(clock.path)}: ${clockText(clock, fileName)}`);
  return (
    <span className="clock-note" title={`${texts.join("\n")}\nTimes are shown as the sources state them.`}>
      {formatCountOf(clocks.length, "clock")} off{" "}
      <button
        type="button"
        className="link"
        onClick={() => {
          focusOn({ type: "source", id: first.sourceId }, null);
          showView("sources");
        }}
      >
        Show
      </button>
    </span>
  );
}
