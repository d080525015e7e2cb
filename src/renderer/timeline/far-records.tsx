/**
 * Says which records lie outside of the window because their time is far from nearly all others (a clock that was never
 * set, placeholders), at the side where they lie, and leads there; and from there back.
 */
import { ArrowLeft, ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { formatCountOf } from "../../shared/text/number.ts";
import { formatDate, formatRange } from "../../shared/text/time.ts";
import { useCase } from "../state/case.ts";
import { fit, type TimeRange } from "../state/selection.ts";
import { Button } from "../ui/button.tsx";
import { showFar, type Far } from "./store.ts";

interface Away {
  readonly from: number;
  readonly to: number;
  readonly what: string;
  readonly go: () => void;
}

const farAway = (far: Far): Away => ({
  from: far.from,
  to: far.to,
  what: far.records === 0 ? "Events far away" : `${formatCountOf(far.records, "record")} far away`,
  go: () => showFar(far),
});

interface FarRecordsProps {
  readonly window: TimeRange;
  readonly zone: string;
}

export function FarRecords({ window, zone }: FarRecordsProps): ReactNode {
  const main = useCase((state) => state.info?.main ?? null);
  if (main === null) return null;
  const home: Away = { from: main.from, to: main.to, what: "Nearly all records", go: fit };
  const all = [
    main.before === null ? null : farAway(main.before),
    home,
    main.after === null ? null : farAway(main.after),
  ];
  const away = all.filter((one) => one !== null);
  return (
    <>
      <Side className="far before" away={away.filter(({ to }) => to < window.from)} zone={zone} />
      <Side className="far after" away={away.filter(({ from }) => from >= window.to)} zone={zone} />
    </>
  );
}

interface SideProps {
  readonly className: string;
  readonly away: readonly Away[];
  readonly zone: string;
}

function Side({ className, away, zone }: SideProps): ReactNode {
  const isBefore = className.endsWith("before");
  return (
    <div className={className}>
      {away.map(({ from, to, what, go }) => (
        <Button
          key={from}
          onClick={go}
          title={`${formatRange(from, to, zone)}. Press f to come back to nearly all records.`}
        >
          {isBefore && <ArrowLeft size={13} aria-hidden />}
          {what}
          <span className="far-when">{daysOf(from, to, zone)}</span>
          {!isBefore && <ArrowRight size={13} aria-hidden />}
        </Button>
      ))}
    </div>
  );
}

/** "1970-01-01", or "1970-01-01 – 1980-01-06". */
function daysOf(from: number, to: number, zone: string): string {
  const [first, last] = [formatDate(from, zone), formatDate(to, zone)];
  return first === last ? first : `${first} – ${last}`;
}
