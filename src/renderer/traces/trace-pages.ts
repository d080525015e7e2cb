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

/** @param revision what is known is read anew when it changes, and stays on screen until then. */
export function useTracePages(question: TraceQuestion, revision: number | null): TracePages {
  const [answer, setAnswer] = useState(NOTHING);
  const key = JSON.stringify(question);
  const asked = useRef({ key: "", run: 0, busy: false });
  const latest = useRef({ question, answer });
  latest.current = { question, answer };

  useEffect(() => {
    const state = asked.current;
    const sameQuestion = state.key === key;
    state.key = key;
    const run = (state.run += 1);
    state.busy = true;
    const known = sameQuestion ? (latest.current.answer.items?.length ?? 0) : 0;
    const limit = Math.min(MOST_A_CALL, Math.max(PAGE, known));
    call("traces.list", { ...latest.current.question, limit, after: null })
      .then((page) => {
        if (asked.current.run === run) setAnswer({ ...page, failure: null });
      })
      .catch((thrown: unknown) => {
        if (asked.current.run === run) setAnswer((before) => ({ ...before, failure: asFailure(thrown) }));
      })
      .finally(() => {
        if (asked.current.run === run) state.busy = false;
      });
    return () => {
      asked.current.run += 1;
    };
  }, [key, revision]);

  const more = useCallback(() => {
    const state = asked.current;
    const { answer: current, question: about } = latest.current;
    if (state.busy || current.next === null) return;
    const { run } = state;
    state.busy = true;
    call("traces.list", { ...about, limit: PAGE, after: current.next })
      .then((page) => {
        if (asked.current.run !== run) return;
        setAnswer((before) => ({ ...page, items: [...(before.items ?? []), ...page.items], failure: null }));
      })
      .catch((thrown: unknown) => {
        if (asked.current.run === run) setAnswer((before) => ({ ...before, failure: asFailure(thrown) }));
      })
      .finally(() => {
        if (asked.current.run === run) state.busy = false;
      });
  }, []);

  useEffect(() => useTraces.setState({ listed: answer.items ?? [] }), [answer.items]);

  return { ...answer, hasMore: answer.next !== null, more };
}
