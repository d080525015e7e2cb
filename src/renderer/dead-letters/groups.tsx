/** The reasons for which something was lost, how often each, and what such a letter looks like; a click lists only those. */
import type { ReactNode } from "react";
import type { CallOutput } from "../../shared/contract.ts";
import { call } from "../bridge.ts";
import { formatCount } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { useCase, useRevision } from "../state/case.ts";
import { useQuery } from "../state/query.ts";
import { filterDeadLetters, useDeadLetterFilter } from "./filter.ts";
import type { Letters } from "./letters.ts";
import { reasonWords } from "./words.ts";

export type Group = CallOutput<"deadLetters.groups">[number];

const EXAMPLES = 3;
/** Of an example; more does not fit beside the list. */
const EXAMPLE_BYTES = 200;

/** Groups of the listed sources with their first letters; null until the first answer. */
export function useGroups(): readonly Group[] | null {
  const revision = useRevision();
  const sourceId = useDeadLetterFilter((state) => state.sourceId);
  return useQuery(`${revision ?? ""}|${sourceId ?? ""}`, () =>
    call("deadLetters.groups", { sourceId, bySource: false, examples: EXAMPLES }),
  ).data;
}

export function Groups({ letters }: { readonly letters: Letters }): ReactNode {
  const reason = useDeadLetterFilter((state) => state.reason);
  const groups = useGroups();
  const all = letters.reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="reasons">
      <div className="pane-title">Reasons</div>
      <ul>
        <GroupRow
          title="All"
          count={all}
          share={1}
          chosen={reason === null}
          examples={[]}
          onChoose={() => filterDeadLetters({ reason: null })}
        />
        {letters.reasons.map((one) => (
          <GroupRow
            key={one.reason}
            title={reasonWords(one.reason)}
            count={one.count}
            share={all === 0 ? 0 : one.count / all}
            chosen={reason === one.reason}
            examples={examplesOf(groups, one.reason)}
            onChoose={() => filterDeadLetters({ reason: reason === one.reason ? null : one.reason })}
          />
        ))}
      </ul>
      <Dropped />
    </div>
  );
}

const decoder = new TextDecoder();

/** Each once: the same line over and over is one example. */
function examplesOf(groups: readonly Group[] | null, reason: string): readonly string[] {
  const examples = groups?.find((group) => group.reason === reason)?.examples ?? [];
  const texts = examples.map(({ raw }) => visibleLine(decoder.decode(raw.subarray(0, EXAMPLE_BYTES)).trim()));
  return [...new Set(texts)].filter((text) => text !== "");
}

interface GroupRowProps {
  readonly title: string;
  readonly count: number;
  /** 0–1 of all that are listed. */
  readonly share: number;
  readonly chosen: boolean;
  readonly examples: readonly string[];
  readonly onChoose: () => void;
}

/** Of the chosen group the first examples show, of the others one. */
function GroupRow({ title, count, share, chosen, examples, onChoose }: GroupRowProps): ReactNode {
  return (
    <li>
      <button type="button" className="reason" aria-pressed={chosen} onClick={onChoose}>
        <span className="reason-head">
          <span className="reason-title">{title}</span>
          <span className="reason-count">{formatCount(count)}</span>
        </span>
        <span className="reason-bar" aria-hidden>
          <span style={{ width: `${share * 100}%` }} />
        </span>
        {examples.slice(0, chosen ? EXAMPLES : 1).map((text) => (
          <span key={text} className="reason-example mono" title={text}>
            {text}
          </span>
        ))}
      </button>
    </li>
  );
}

/** Those that were counted and not kept: over the cap, or too old. */
function Dropped(): ReactNode {
  const sourceId = useDeadLetterFilter((state) => state.sourceId);
  const dropped = useCase(({ sources }) =>
    sources.reduce((sum, one) => sum + (sourceId === null || one.id === sourceId ? one.deadLettersDropped : 0), 0),
  );
  if (dropped === 0) return null;
  return (
    <p
      className="letters-dropped"
      title="A source had more dead letters than are kept, or they grew too old. They count in its accounting, and its stored text still holds their bytes; they cannot be listed or replayed one by one."
    >
      {formatCount(dropped)} more were counted and not kept.
    </p>
  );
}
