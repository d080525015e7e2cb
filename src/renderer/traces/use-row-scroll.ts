/**
 * Scrolls rows of which some are painted on a canvas: unlike a list of elements, whoever paints must know the exact
 * offset. The arithmetic, with its scale model for very tall lists, is that of the lists.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import {
  clampOffset,
  contentHeight,
  elementHeight,
  offsetOf,
  revealRow,
  scrollTopOf,
  TALLEST,
  visibleRows,
  type Geometry,
  type RowRange,
} from "../ui/scroller.ts";

interface RowScroll {
  readonly offset: number;
  readonly viewport: number;
  /** Height of the element that makes the scroll bar. */
  readonly tall: number;
  readonly onScreen: RowRange;
  readonly reveal: (row: number) => void;
  readonly pageRows: () => number;
}

/** What handlers outside of a render see; `scrollTop` is what we last set ourselves. */
interface Now {
  geometry: Geometry;
  offset: number;
  scrollTop: number;
  /** A row that was to be revealed before the height was known. */
  wanted: number | null;
}

export function useRowScroll(ref: RefObject<HTMLDivElement | null>, count: number, rowHeight: number): RowScroll {
  const [viewport, setViewport] = useState(0);
  const [offset, setOffset] = useState(0);
  const geometry: Geometry = { count, rowHeight, viewport };
  const now = useRef<Now>({ geometry: { count: 0, rowHeight: 1, viewport: 0 }, offset: 0, scrollTop: 0, wanted: null });

  const moveTo = useCallback(
    (wanted: number) => {
      const { geometry: current } = now.current;
      now.current.offset = clampOffset(wanted, current);
      setOffset(now.current.offset);
      const node = ref.current;
      if (node === null) return;
      node.scrollTop = scrollTopOf(now.current.offset, current);
      now.current.scrollTop = node.scrollTop;
    },
    [ref],
  );

  useLayoutEffect(() => {
    const node = ref.current;
    if (node === null) return undefined;
    const observer = new ResizeObserver(() => setViewport(node.clientHeight));
    observer.observe(node);
    setViewport(node.clientHeight);
    return () => observer.disconnect();
  }, [ref]);

  // Fewer or other rows keep what they can of their place.
  useLayoutEffect(() => {
    const known = { count, rowHeight, viewport };
    const { wanted, offset: from } = now.current;
    now.current.geometry = known;
    if (wanted === null || viewport === 0) return moveTo(from);
    now.current.wanted = null;
    moveTo(revealRow(wanted, from, known, 2));
  }, [count, rowHeight, viewport, moveTo]);

  useEffect(() => {
    const node = ref.current;
    if (node === null) return undefined;
    const onScroll = (): void => {
      // Our own assignment comes back as an event.
      if (Math.abs(node.scrollTop - now.current.scrollTop) < 1) return;
      now.current.scrollTop = node.scrollTop;
      now.current.offset = offsetOf(node.scrollTop, now.current.geometry);
      setOffset(now.current.offset);
    };
    const onWheel = (event: WheelEvent): void => {
      // Where the scroll bar is a scale model, a wheel's pixels are not the list's.
      if (contentHeight(now.current.geometry) <= TALLEST || event.defaultPrevented || event.deltaY === 0) return;
      event.preventDefault();
      moveTo(now.current.offset + event.deltaY);
    };
    node.addEventListener("scroll", onScroll, { passive: true });
    node.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      node.removeEventListener("scroll", onScroll);
      node.removeEventListener("wheel", onWheel);
    };
  }, [ref, moveTo]);

  const reveal = useCallback(
    (row: number) => {
      const { offset: from, geometry: current } = now.current;
      if (current.viewport === 0) now.current.wanted = row;
      else moveTo(revealRow(row, from, current, 2));
    },
    [moveTo],
  );

  const clamped = clampOffset(offset, geometry);
  return {
    offset: clamped,
    viewport,
    tall: elementHeight(geometry),
    onScreen: visibleRows(clamped, geometry),
    reveal,
    pageRows: useCallback(() => {
      const { viewport: high, rowHeight: row } = now.current.geometry;
      return Math.max(1, Math.floor(high / row) - 1);
    }, []),
  };
}
