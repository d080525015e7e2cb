import { useEffect, useRef, useState } from "react";

/**
 * A value that follows at most once in so long: at once after a rest, and the last one always. What is costly to draw
 * follows a held key by it.
 */
export function usePaced<T>(value: T, paceMs: number): T {
  const [paced, setPaced] = useState(value);
  const last = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const wait = Math.max(0, last.current + paceMs - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setPaced(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, paceMs]);
  return paced;
}
