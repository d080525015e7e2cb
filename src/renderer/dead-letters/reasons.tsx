/** The reasons for which something was lost, and how often each: a click lists only those. */
import type { ReactNode } from "react";
import { formatCount } from "../format/number.ts";
import { filterDeadLetters, useDeadLetterFilter } from "./filter.ts";
import type { Letters } from "./letters.ts";
import { reasonWords } from "./words.ts";

export function Reasons({ letters }: { readonly letters: Letters }): ReactNode {
  const reason = useDeadLetterFilter((state) => state.reason);
  const all = letters.reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="reasons">
      <div className="pane-title">Reasons</div>
      <ul>
        <ReasonRow
          title="All"
          count={all}
          share={1}
          chosen={reason === null}
          onChoose={() => filterDeadLetters({ reason: null })}
        />
        {letters.reasons.map((one) => (
          <ReasonRow
            key={one.reason}
            title={reasonWords(one.reason)}
            count={one.count}
            share={all === 0 ? 0 : one.count / all}
            chosen={reason === one.reason}
            onChoose={() => filterDeadLetters({ reason: reason === one.reason ? null : one.reason })}
          />
        ))}
      </ul>
    </div>
  );
}

interface ReasonRowProps {
  readonly title: string;
  readonly count: number;
  /** 0–1 of all that are listed. */
  readonly share: number;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function ReasonRow({ title, count, share, chosen, onChoose }: ReasonRowProps): ReactNode {
  return (
    <li>
      <button type="button" className="reason" aria-pressed={chosen} onClick={onChoose}>
        <span className="reason-share" style={{ width: `${share * 100}%` }} aria-hidden />
        <span className="reason-title">{title}</span>
        <span className="reason-count">{formatCount(count)}</span>
      </button>
    </li>
  );
}
