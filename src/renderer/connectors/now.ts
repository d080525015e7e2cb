import { useEffect, useState } from "react";

const TICK_MS = 250;

/** `performance.now()`, often enough for a count of seconds. */
export function useNow(): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
