/** The range of time in the title bar: says what is shown, and takes another one as text. */
import { Popover } from "@base-ui/react/popover";
import { ChevronDown } from "lucide-react";
import { useState, type ReactNode } from "react";
import { create } from "zustand";
import { formatDuration } from "../../shared/text/duration.ts";
import { formatDate, formatMoment, formatRange, neededDigits } from "../../shared/text/time.ts";
import { runCommand } from "../commands/registry.ts";
import { useCase } from "../state/case.ts";
import { useHome } from "../state/home.ts";
import { fit, listedRange, lookBack, useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { RANGE_HELP, readRange } from "./range-text.ts";
import { showAllTime, showRange } from "./store.ts";

/** Open by a command too. */
export const useRangeMenu = create<{ readonly open: boolean }>(() => ({ open: false }));

const QUICK = ["last 5m", "last 30m", "last 2h", "last 1d"];

export function RangeMenu(): ReactNode {
  const open = useRangeMenu((state) => state.open);
  const zone = useZone((state) => state.zone);
  const window = useSelection((state) => state.window);
  const brush = useSelection((state) => state.brush);
  const home = useHome();
  const isParted = useCase((state) => (state.info?.main ?? null) !== null);
  if (home === null) return <span className="range-none">No times</span>;
  const { from, to } = home;
  const range = listedRange({ window, brush }) ?? { from, to: to + 1 };
  const text = formatRange(range.from, range.to, zone);
  const year = formatDate(range.from, zone).slice(0, 4);
  return (
    <Popover.Root open={open} onOpenChange={(next) => useRangeMenu.setState({ open: next })}>
      <Popover.Trigger className="button quiet range-menu" aria-label="Range of time">
        {isParted && !text.startsWith(year) && <span className="range-length">{year}</span>}
        <span className="mono">{text}</span>
        <span className="range-length">{formatDuration(range.to - range.from)}</span>
        <ChevronDown size={13} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="layer" align="end" sideOffset={4}>
          <Popover.Popup className="popup range-popup" aria-label="Range of time">
            <RangeForm from={from} to={to} zone={zone} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface RangeFormProps {
  readonly from: number;
  readonly to: number;
  readonly zone: string;
}

function RangeForm({ from, to, zone }: RangeFormProps): ReactNode {
  const [typed, setTyped] = useState("");
  const historic = useSelection((state) => state.history.length > 0);
  const hasBrush = useSelection((state) => state.brush !== null);
  const firstOfAll = useCase((state) => state.info?.from ?? from);
  const lastOfAll = useCase((state) => state.info?.to ?? to);
  const isParted = useCase((state) => (state.info?.main ?? null) !== null);
  const run = (command: string): void => {
    useRangeMenu.setState({ open: false });
    runCommand(command);
  };
  const read = readRange(typed, { zone, from, to });
  const apply = (text: string): void => {
    const chosen = readRange(text, { zone, from, to });
    if (!chosen.ok) return;
    showRange(chosen.range);
    useRangeMenu.setState({ open: false });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply(typed);
      }}
    >
      <input
        className="field mono"
        aria-label="Range"
        aria-invalid={typed !== "" && !read.ok}
        placeholder="14:02–14:31"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p className="range-says" role="status">
        {typed === ""
          ? RANGE_HELP
          : read.ok
            ? `${formatRange(read.range.from, read.range.to, zone)}, ${formatDuration(read.range.to - read.range.from)}`
            : read.message}
      </p>
      <div className="range-quick">
        {QUICK.map((text) => (
          <Button key={text} onClick={() => apply(text)}>
            {text}
          </Button>
        ))}
      </div>
      <dl className="range-data">
        {isParted && (
          <>
            <dt>Nearly all records</dt>
            <dd className="mono selectable">{formatRange(from, to, zone)}</dd>
          </>
        )}
        <dt>First record</dt>
        <dd className="mono selectable">{formatMoment(firstOfAll, zone, neededDigits(firstOfAll))}</dd>
        <dt>Last record</dt>
        <dd className="mono selectable">{formatMoment(lastOfAll, zone, neededDigits(lastOfAll))}</dd>
      </dl>
      {hasBrush && (
        <div className="range-actions">
          <Button onClick={() => run("compare.with-before")}>Compare with before</Button>
          <Button onClick={() => run("compare.explain")}>Explain it</Button>
          <Button onClick={() => run("suspects.take-brush")}>Find its cause</Button>
        </div>
      )}
      <div className="range-actions">
        <Button disabled={!historic} onClick={lookBack}>
          Back
        </Button>
        {isParted && <Button onClick={fit}>Nearly all records</Button>}
        <Button onClick={isParted ? showAllTime : fit}>Whole time</Button>
        <span className="spacer" />
        <Button tone="primary" type="submit" disabled={!read.ok}>
          Show
        </Button>
      </div>
    </form>
  );
}
