/** At the foot: the sum over all sources as an equation, and whether every source keeps it. */
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { formatCount } from "../../shared/text/number.ts";
import { fileName } from "../../shared/text/path.ts";
import type { SourceInfo } from "../state/case.ts";
import { focusOn } from "../state/focus.ts";
import { showDeadLetters } from "../dead-letters/filter.ts";
import { totalsOf } from "./accounting.ts";

export function AccountingLine({ sources }: { readonly sources: readonly SourceInfo[] }): ReactNode {
  const totals = useMemo(() => totalsOf(sources), [sources]);
  const [wrong] = totals.wrong;
  return (
    <footer className={wrong === undefined ? "accounting-line" : "accounting-line wrong"}>
      <Equation {...totals} />
      <span className="spacer" />
      {wrong === undefined ? (
        <span className="verdict">
          <CircleCheck size={13} aria-hidden />
          Adds up in every source
        </span>
      ) : (
        <span className="verdict" role="alert">
          <TriangleAlert size={13} aria-hidden />
          {totals.wrong.length === 1
            ? `${fileName(wrong.path)} does not add up: this is a fault of Faultline.`
            : `${formatCount(totals.wrong.length)} sources do not add up: this is a fault of Faultline.`}
          <button type="button" className="link" onClick={() => focusOn({ type: "source", id: wrong.id })}>
            Show
          </button>
        </span>
      )}
    </footer>
  );
}

interface EquationProps {
  readonly read: number;
  readonly records: number;
  readonly deadLetters: number;
  readonly skipped: number;
}

function Equation({ read, records, deadLetters, skipped }: EquationProps): ReactNode {
  return (
    <span className="equation selectable">
      <b>{formatCount(read)}</b> read = <b>{formatCount(records)}</b> records + <b>{formatCount(deadLetters)}</b>{" "}
      {deadLetters > 0 ? (
        <button type="button" className="link" onClick={() => showDeadLetters(null)}>
          dead letters
        </button>
      ) : (
        "dead letters"
      )}{" "}
      + <b>{formatCount(skipped)}</b> skipped
    </span>
  );
}
