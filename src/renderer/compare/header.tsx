/** What is compared with what: both windows, where they lie, how B is held against A, and which kinds are listed. */
import { ArrowLeftRight } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount, formatCountOf } from "../../shared/text/number.ts";
import { formatRange } from "../../shared/text/time.ts";
import { useCase } from "../state/case.ts";
import { useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { KIND_NAMES, KINDS } from "./figures.ts";
import { ask, showKind, shownFilter, swap, takeBrush, useComparison, type Comparison, type Question } from "./store.ts";

const AGAINST: readonly (readonly [Question["against"], string, string])[] = [
  ["same", "the same filter", "A holds the records of its window that match the filter too"],
  ["rest", "the rest", "A holds everything of its window that is not in B"],
  ["all", "everything", "A holds every record of its window"],
];

export function Header({
  answer,
  asked,
  working,
}: {
  readonly answer: Comparison;
  readonly asked: Question;
  readonly working: boolean;
}): ReactNode {
  const question = useComparison((state) => state.question);
  return (
    <header className="comparison-header">
      <div className="comparison-windows">
        <WindowOf side="a" of={answer.a} title="A, how it was" />
        <WindowOf side="b" of={answer.b} title="B, what is asked about" />
        <Button tone="quiet" icon={ArrowLeftRight} onClick={swap} title="Swap A and B (x)">
          Swap
        </Button>
        <span className="second" role="status">
          {working
            ? "Comparing…"
            : `${formatCount(answer.found)} of ${formatCountOf(answer.tested, "comparison")} differ`}
        </span>
      </div>
      <Strip answer={answer} />
      <div className="comparison-choices">
        <span className="comparison-group" role="group" aria-label="B against">
          <span className="second">B against</span>
          {AGAINST.map(([against, title, about]) => (
            <button
              key={against}
              type="button"
              className="comparison-choice"
              aria-pressed={asked.against === against}
              title={about}
              onClick={() => ask({ ...asked, against })}
            >
              {title}
            </button>
          ))}
        </span>
        {asked.filter !== "" && (
          <span className="comparison-filter" title="The filter that B was asked with">
            <code>{asked.filter}</code>
            <Button tone="quiet" onClick={() => ask({ ...asked, filter: "", against: "same" })}>
              Without filter
            </Button>
          </span>
        )}
        <UnusedFilter asked={asked} />
        {question !== null && <Button onClick={() => ask(null)}>Before and after the onset</Button>}
        <span className="spacer" />
        <KindChoice answer={answer} />
      </div>
    </header>
  );
}

/** The filter of all views narrows a comparison only when it is asked to: what is shown must not look as if it did. */
function UnusedFilter({ asked }: { readonly asked: Question }): ReactNode {
  const isFiltered = useSelection((state) => state.filter.trim() !== "");
  if (!isFiltered || asked.filter !== "") return null;
  return (
    <span className="comparison-filter">
      <span className="second">not narrowed by the filter</span>
      <Button tone="quiet" onClick={() => ask({ ...asked, filter: shownFilter() })}>
        Narrow it
      </Button>
    </span>
  );
}

function WindowOf({
  side,
  of,
  title,
}: {
  readonly side: "a" | "b";
  readonly of: Comparison["a"];
  readonly title: string;
}): ReactNode {
  const zone = useZone((state) => state.zone);
  const hasBrush = useSelection((state) => state.brush !== null);
  return (
    <span className="comparison-window" data-side={side}>
      <span className="comparison-mark" aria-hidden>
        {side.toUpperCase()}
      </span>
      <span>
        <span className="selectable mono" title={title}>
          {of.to > of.from ? formatRange(of.from, of.to, zone) : "no time"}
        </span>
        <span className="second">
          {formatCountOf(of.records, "record")}
          {of.samples > 0 && `, ${formatCountOf(of.samples, "sample")}`}
        </span>
      </span>
      {hasBrush && (
        <Button tone="quiet" onClick={() => takeBrush(side)} title="Takes the range that is selected on the timeline">
          Set
        </Button>
      )}
    </span>
  );
}

/** Where both windows lie in the time of the case. */
function Strip({ answer }: { readonly answer: Comparison }): ReactNode {
  const from = useCase((state) => state.info?.from ?? 0);
  const to = useCase((state) => state.info?.to ?? 0);
  const share = (time: number): number =>
    to > from ? Math.min(100, Math.max(0, ((time - from) / (to - from)) * 100)) : 0;
  return (
    <div className="comparison-strip" aria-hidden>
      {(["a", "b"] as const).map((side) => (
        <span
          key={side}
          data-side={side}
          style={{ left: `${share(answer[side].from)}%`, right: `${100 - share(answer[side].to)}%` }}
        />
      ))}
    </div>
  );
}

function KindChoice({ answer }: { readonly answer: Comparison }): ReactNode {
  const hidden = useComparison((state) => state.hidden);
  const counts = KINDS.map((kind) => [kind, answer.differences.filter((row) => row.kind === kind).length] as const);
  return (
    <span className="comparison-group" role="group" aria-label="Kinds that are shown">
      {counts
        .filter(([, count]) => count > 0)
        .map(([kind, count]) => (
          <button
            key={kind}
            type="button"
            className="comparison-choice"
            aria-pressed={!hidden.includes(kind)}
            onClick={() => showKind(kind)}
          >
            {KIND_NAMES[kind][1]} <span className="second">{formatCount(count)}</span>
          </button>
        ))}
    </span>
  );
}
