/** The list of traces, page by page: keyset pages are appended as the list is scrolled, and read anew when the case grows. */
import { useCallback, useEffect, useRef, useState } from "react";
import { call } from "../bridge.ts";
import { asFailure, type Failure } from "../../shared/failure.ts";
import type { CallInput } from "../../shared/contract.ts";
import { useTraces, type TraceSummary } from "./store.ts";

export type TraceQuestion = Omit<CallInput<"traces.list">, "limit" | "after">;

const PAGE = 200;
const MOST_A_CALL = 1_000;

export interface TracePages {
  /** Null until the first answer. */
  readonly items: readonly TraceSummary[] | null;
  readonly total: number;
  readonly hasMore: boolean;
  readonly failure: Failure | null;
  readonly more: () => void;
}

interface Answer {
  readonly items: readonly TraceSummary[] | null;
  readonly next: string | null;
  readonly total: number;
  readonly failure: Failure | null;
}

const NOTHING: Answer = { items: null, next: null, total: 0, failure: null };

interface Remembered {
  readonly key: string;
  readonly revision: number | null;
  readonly answer: Answer;
}
const UNKNOWN: Remembered = { key: "", revision: null, answer: NOTHING };

/** Question and answer of the last time, so that the way back from a trace shows the list at once. */
let remembered = UNKNOWN;
export const forgetTracePages = (): void => {
  remembered = UNKNOWN;
};

/** @param revision what is known is read anew when it changes, and stays on screen until then. */
export function useTracePages(question: TraceQuestion, revision: number | null): TracePages {
  const key = JSON.stringify(question);
  const [shown, setShown] = useState(remembered);
  /** Counts the questions: an answer to an older one comes too late. */
  const asked = useRef({ run: 0, busy: false });

  const ask = useCallback((of: string, at: number | null, limit: number, after: Answer | null): void => {
    const state = asked.current;
    const run = (state.run += 1);
    state.busy = true;
    call("traces.list", { ...(JSON.parse(of) as TraceQuestion), limit, after: after?.next ?? null })
      .then((page) => {
        if (state.run !== run) return;
        remembered = {
          key: of,
          revision: at,
          answer: { ...page, items: [...(after?.items ?? []), ...page.items], failure: null },
        };
        setShown(remembered);
      })
      .catch((thrown: unknown) => {
        if (state.run !== run) return;
        const failure = asFailure(thrown);
        setShown((before) => ({
          key: of,
          revision: at,
          answer: { ...(before.key === of ? before.answer : NOTHING), failure },
        }));
      })
      .finally(() => {
        if (state.run === run) state.busy = false;
      });
  }, []);

  useEffect(() => {
    const state = asked.current;
    const isSame = remembered.key === key;
    if (isSame && remembered.revision === revision) return undefined;
    const known = isSame ? (remembered.answer.items?.length ?? 0) : 0;
    ask(key, revision, Math.min(MOST_A_CALL, Math.max(PAGE, known)), null);
    return () => {
      state.run += 1;
    };
  }, [key, revision, ask]);

  const answer = shown.key === key ? shown.answer : NOTHING;
  const more = useCallback(() => {
    if (!asked.current.busy && answer.next !== null) ask(key, revision, PAGE, answer);
  }, [ask, key, revision, answer]);

  useEffect(() => useTraces.setState({ listed: answer.items ?? [] }), [answer.items]);

  return { ...answer, hasMore: answer.next !== null, more };
}
