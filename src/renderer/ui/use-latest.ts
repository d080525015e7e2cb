import { useLayoutEffect, useRef, type RefObject } from "react";

/** What handlers that live longer than a render see of it. Belongs above the effects that read it. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
