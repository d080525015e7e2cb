/**
 * The reader answers in the order of asking, and a large case keeps it busy: the chart, which knows its width a frame
 * after it is there, must ask for its bars before lists and counts ask for theirs.
 */
import { useEffect, useState } from "react";

/** Two frames and the time to draw them. */
export const AFTER_BARS_MS = 40;

/** False in the first moments of a view. */
export function useAfterBars(): boolean {
  const [isAfter, setAfter] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAfter(true), AFTER_BARS_MS);
    return () => clearTimeout(timer);
  }, []);
  return isAfter;
}
