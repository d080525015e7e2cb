/**
 * A call whose answer follows its inputs: the last one asked wins, the shown answer stays until the next arrives, and
 * while an import commits many times a second only one call is under way.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { asFailure, type Failure } from "../../shared/failure.ts";
import { useLatest } from "../ui/use-latest.ts";

export interface Query<T> {
  /** Last answer; null until the first. */
  readonly data: T | null;
  /** Why the last call failed; the older answer stays. */
  readonly failure: Failure | null;
  /** An answer is under way. */
  readonly loading: boolean;
  /** Asks the same again, after a failure. */
  readonly retry: () => void;
}

interface Answered<T> {
  readonly key: string | null;
  readonly data: T | null;
  readonly failure: Failure | null;
}

const NOTHING = { key: null, data: null, failure: null } as const;

/** Shows an answer that is not whole yet; false when nobody waits for the rest of it. */
export type ShowPart<T> = (data: T) => boolean;

/**
 * @param key what the answer depends on; null asks nothing and forgets the answer.
 * @param ask is called with the newest closure when `key` changes.
 */
export function useQuery<T>(key: string | null, ask: (show: ShowPart<T>) => Promise<T>): Query<T> {
  const [answered, setAnswered] = useState<Answered<T>>(NOTHING);
  // An answer of another case must not be there when this one is opened.
  if (key === null && answered !== NOTHING) setAnswered(NOTHING);
  const latest = useLatest({ key, ask });
  const running = useRef(false);
  const mounted = useRef(true);

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const start = useCallback((): void => {
    if (running.current) return;
    const run = async (): Promise<void> => {
      for (;;) {
        const asked = latest.current;
        if (asked.key === null) return;
        const showPart = (data: T): boolean => {
          if (!mounted.current || latest.current.key !== asked.key) return false;
          setAnswered((before) => ({ ...before, data, failure: null }));
          return true;
        };
        let answer: Partial<Answered<T>>;
        try {
          answer = { data: await asked.ask(showPart), failure: null };
        } catch (thrown) {
          answer = { failure: asFailure(thrown) };
        }
        if (!mounted.current || latest.current.key === null) return;
        // An answer to an older question is worth showing while the newer one is on its way.
        setAnswered((before) => ({ ...before, ...answer, key: asked.key }));
        if (latest.current.key === asked.key) return;
      }
    };
    running.current = true;
    void run().finally(() => {
      running.current = false;
    });
  }, [latest]);
  useEffect(() => {
    if (key !== null) start();
  }, [key, start]);

  return {
    data: answered.data,
    failure: answered.failure,
    loading: key !== null && answered.key !== key,
    retry: start,
  };
}
