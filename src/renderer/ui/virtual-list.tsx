/**
 * A list of any length in which only the rows on screen exist. The rows lie in a layer that sticks to the viewport and
 * are placed by their distance from the offset, so that no coordinate ever grows with the list (see scroller.ts).
 */
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type ComponentProps,
  type ReactNode,
  type Ref,
} from "react";
import { flushSync } from "react-dom";
import {
  advance,
  centreRow,
  clampOffset,
  contentHeight,
  elementHeight,
  offsetOf,
  revealRow,
  scrollTopOf,
  TALLEST,
  topOfFirst,
  visibleRows,
  type Geometry,
  type RowRange,
} from "./scroller.ts";
import { useLatest } from "./use-latest.ts";

export interface VirtualListHandle {
  /** Scrolls as little as shows the row. */
  reveal(index: number): void;
  centre(index: number): void;
  /** Rows that fit on screen, for Page Up and Page Down. */
  pageRows(): number;
  focus(): void;
}

type VirtualListProps = Omit<ComponentProps<"div">, "children" | "onScroll"> & {
  readonly count: number;
  readonly rowHeight: number;
  /** Of rows of uneven heights, see scroller.ts; another function whenever heights have changed. */
  readonly heightOf?: ((index: number) => number) | undefined;
  readonly renderRow: (index: number) => ReactNode;
  /** Told whenever other rows come on screen. */
  readonly onRows?: (rows: RowRange) => void;
  readonly handle?: Ref<VirtualListHandle>;
  /** Elements of rows that left go to rows that come, which is cheaper; only for rows without a state of their own. */
  readonly reused?: boolean;
};

/** Rows that move past a pointer at rest are not hovered, as long as they move. */
const REST_MS = 100;

/** A viewport that begins inside of a row shows one more than fit; another one is spare. */
const ROWS_BEYOND = 2;

/** Lines a wheel that counts in lines or pages is worth. */
const LINE_PIXELS = 40;

export function VirtualList({
  count,
  rowHeight,
  heightOf,
  renderRow,
  onRows,
  handle,
  reused = false,
  className,
  ...rest
}: VirtualListProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(0);
  const [offset, setOffset] = useState(0);
  const geometry: Geometry = { count, rowHeight, viewport, heightOf };
  const latestRef = useLatest(geometry);
  /** Where the list stands, for handlers; `scrollTop` is what we last set ourselves. */
  const place = useRef({ offset: 0, scrollTop: 0 });
  /** The row that was asked for last, until somebody scrolls: what is not measured yet cannot be put in its place. */
  const asked = useRef<{ readonly index: number; readonly how: "reveal" | "centre" } | null>(null);

  const moveTo = useCallback(
    (wanted: number) => {
      const node = element.current;
      const next = clampOffset(wanted, latestRef.current);
      setOffset(next);
      const scrollTop = scrollTopOf(next, latestRef.current);
      // Touching it makes the browser lay out the whole page at once.
      if (next === place.current.offset && Math.abs(scrollTop - place.current.scrollTop) < 1) return;
      if (node !== null) node.scrollTop = scrollTop;
      place.current = { offset: next, scrollTop: node?.scrollTop ?? 0 };
    },
    [latestRef],
  );

  const show = useCallback(
    (index: number, how: "reveal" | "centre") => {
      asked.current = { index, how };
      const { current: known } = latestRef;
      moveTo(how === "centre" ? centreRow(index, known) : revealRow(index, place.current.offset, known, 2));
    },
    [moveTo, latestRef],
  );

  useImperativeHandle(
    handle,
    () => ({
      reveal: (index) => show(index, "reveal"),
      centre: (index) => show(index, "centre"),
      pageRows: () => {
        const shown = visibleRows(place.current.offset, latestRef.current);
        const { viewport: height, rowHeight: lowest, heightOf: uneven } = latestRef.current;
        return Math.max(1, (uneven === undefined ? Math.floor(height / lowest) : shown.end - shown.first) - 1);
      },
      focus: () => element.current?.focus(),
    }),
    [show, latestRef],
  );

  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return undefined;
    const observer = new ResizeObserver(() => setViewport(node.clientHeight));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);

  // A list that shrank, grew or changed its row height keeps what it can of its place. Its element has its new height.
  const tall = elementHeight(geometry);
  useLayoutEffect(() => {
    if (tall >= 0 && viewport >= 0) moveTo(place.current.offset);
  }, [tall, viewport, moveTo]);

  // Other rows stand at the index that was asked for.
  useLayoutEffect(() => {
    if (count >= 0) asked.current = null;
  }, [count]);
  const heights = viewport > 0 ? (heightOf ?? "even") : "unknown";
  useLayoutEffect(() => {
    if (heights !== "unknown" && asked.current !== null) show(asked.current.index, asked.current.how);
  }, [heights, show]);

  useEffect(() => {
    const node = element.current;
    if (node === null) return undefined;
    let standing: ReturnType<typeof setTimeout> | undefined;
    // Both events come at the beginning of a frame: rendered at once, the rows and the scroll bar move in that very one.
    const scrolled = (move: () => void): void => {
      clearTimeout(standing);
      standing = setTimeout(() => delete node.dataset["moving"], REST_MS);
      node.dataset["moving"] = "";
      flushSync(move);
    };
    const onScroll = (): void => {
      // Our own assignment comes back as an event; only the thumb and native scrolling say something new.
      if (Math.abs(node.scrollTop - place.current.scrollTop) < 1) return;
      const next = offsetOf(node.scrollTop, latestRef.current);
      asked.current = null;
      place.current = { offset: next, scrollTop: node.scrollTop };
      scrolled(() => setOffset(next));
    };
    const onWheel = (event: WheelEvent): void => {
      const isNative = latestRef.current.heightOf === undefined && contentHeight(latestRef.current) <= TALLEST;
      if (isNative || event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      asked.current = null;
      const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? LINE_PIXELS : latestRef.current.viewport;
      scrolled(() => moveTo(advance(place.current.offset, event.deltaY * unit, latestRef.current)));
    };
    node.addEventListener("scroll", onScroll, { passive: true });
    node.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      clearTimeout(standing);
      node.removeEventListener("scroll", onScroll);
      node.removeEventListener("wheel", onWheel);
    };
  }, [moveTo, latestRef]);

  const from = clampOffset(offset, geometry);
  const { first, end } = visibleRows(from, geometry);
  // Before the rows are painted: what others draw of them belongs to the same frame.
  useLayoutEffect(() => onRows?.({ first, end }), [first, end, onRows]);

  // As many as ever stand on screen at once, so that no two of them share a key.
  const elements = Math.ceil(viewport / rowHeight) + ROWS_BEYOND;
  const last = reused && heightOf === undefined ? Math.min(count, first + elements) : end;
  const shown: ReactNode[] = [];
  let top = topOfFirst(from, geometry);
  for (let index = first; index < last; index += 1) {
    const height = heightOf?.(index);
    shown.push(
      <div
        key={reused ? index % elements : index}
        className="virtual-row"
        style={{ transform: `translateY(${Math.round(top)}px)`, height }}
      >
        {renderRow(index)}
      </div>,
    );
    top += height ?? rowHeight;
  }
  // In the order of their elements: one that moves among its neighbours is styled and laid out anew.
  if (reused) shown.unshift(...shown.splice(elements - (first % elements)));
  return (
    <div ref={element} className={`virtual ${className ?? ""}`} {...rest}>
      <div style={{ height: tall }}>
        <div className="virtual-layer" style={{ height: Math.min(viewport, tall) }}>
          {shown}
        </div>
      </div>
    </div>
  );
}
