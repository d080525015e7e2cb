/**
 * A call whose answer follows its inputs: the last one asked wins, the shown answer stays until the next arrives, and
 * while an import commits many times a second only one call is under way.
 */
import { useEffect, useRef, useState } from "react";
import { asFailure, type Failure } from "../../shared/failure.ts";

export interface Query<T> {
  /** Last answer; null until the first. */
  readonly data: T | null;
  /** Why the last call failed; the older answer stays. */
  readonly failure: Failure | null;
  /** An answer is under way. */
  readonly loading: boolean;
}

/**
 * @param key what the answer depends on; null asks nothing and forgets the answer.
 * @param ask is called with the newest closure when `key` changes.
 */
export function useQuery<T>(key: string | null, ask: () => Promise<T>): Query<T> {
  const [query, setQuery] = useState<Query<T>>({ data: null, failure: null, loading: key !== null });
  const latest = useRef({ key, ask });
  latest.current = { key, ask };
  const running = useRef(false);
  const mounted = useRef(true);

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  useEffect(() => {
    if (key === null) {
      setQuery({ data: null, failure: null, loading: false });
      return;
    }
    setQuery((before) => (before.loading ? before : { ...before, loading: true }));
    if (running.current) return;
    const run = async (): Promise<void> => {
      running.current = true;
      for (;;) {
        const asked = latest.current;
        if (asked.key === null) break;
        let answer: Partial<Query<T>>;
        try {
          answer = { data: await asked.ask(), failure: null };
        } catch (thrown) {
          answer = { failure: asFailure(thrown) };
        }
        if (!mounted.current) break;
        const settled = latest.current.key === asked.key;
        // An answer to an older question is worth showing only while the newer one is on its way.
        if (latest.current.key !== null) setQuery((before) => ({ ...before, ...answer, loading: !settled }));
        if (settled) break;
      }
      running.current = false;
    };
    void run();
  }, [key]);

  return query;
}
