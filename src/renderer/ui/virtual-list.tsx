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
import {
  centreRow,
  clampOffset,
  elementHeight,
  offsetOf,
  revealRow,
  scrollTopOf,
  TALLEST,
  visibleRows,
  type Geometry,
  type RowRange,
} from "./scroller.ts";

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
  readonly renderRow: (index: number) => ReactNode;
  /** Told whenever other rows come on screen. */
  readonly onRows?: (rows: RowRange) => void;
  readonly handle?: Ref<VirtualListHandle>;
};

/** Lines a wheel that counts in lines or pages is worth. */
const LINE_PIXELS = 40;

export function VirtualList({
  count,
  rowHeight,
  renderRow,
  onRows,
  handle,
  className,
  ...rest
}: VirtualListProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(0);
  const [offset, setOffset] = useState(0);
  const geometry: Geometry = { count, rowHeight, viewport };
  /** What handlers outside of React's render see. `scrollTop` is what we last set ourselves. */
  const now = useRef({ geometry, offset, scrollTop: 0 });
  now.current.geometry = geometry;

  const moveTo = useCallback((wanted: number) => {
    const { geometry: current } = now.current;
    const next = clampOffset(wanted, current);
    now.current.offset = next;
    setOffset(next);
    if (element.current !== null) {
      element.current.scrollTop = scrollTopOf(next, current);
      now.current.scrollTop = element.current.scrollTop;
    }
  }, []);

  useImperativeHandle(
    handle,
    () => ({
      reveal: (index) => moveTo(revealRow(index, now.current.offset, now.current.geometry, 2)),
      centre: (index) => moveTo(centreRow(index, now.current.geometry)),
      pageRows: () => Math.max(1, Math.floor(now.current.geometry.viewport / now.current.geometry.rowHeight) - 1),
      focus: () => element.current?.focus(),
    }),
    [moveTo],
  );

  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return;
    const observer = new ResizeObserver(() => setViewport(node.clientHeight));
    observer.observe(node);
    setViewport(node.clientHeight);
    return () => observer.disconnect();
  }, []);

  // A list that shrank or changed its row height keeps what it can of its place.
  useLayoutEffect(() => {
    moveTo(now.current.offset);
  }, [count, rowHeight, viewport, moveTo]);

  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    const onScroll = (): void => {
      // Our own assignment comes back as an event; only the thumb and native scrolling say something new.
      if (Math.abs(node.scrollTop - now.current.scrollTop) < 1) return;
      now.current.scrollTop = node.scrollTop;
      now.current.offset = offsetOf(node.scrollTop, now.current.geometry);
      setOffset(now.current.offset);
    };
    const onWheel = (event: WheelEvent): void => {
      const { geometry: current } = now.current;
      const scaled = current.count * current.rowHeight > TALLEST;
      if (!scaled || event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? LINE_PIXELS : current.viewport;
      moveTo(now.current.offset + event.deltaY * unit);
    };
    node.addEventListener("scroll", onScroll, { passive: true });
    node.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      node.removeEventListener("scroll", onScroll);
      node.removeEventListener("wheel", onWheel);
    };
  }, [moveTo]);

  const rows = visibleRows(clampOffset(offset, geometry), geometry);
  useEffect(() => {
    onRows?.(rows);
    // The range is compared by value.
  }, [rows.first, rows.end, onRows]);

  const shown: ReactNode[] = [];
  for (let index = rows.first; index < rows.end; index += 1) {
    const top = Math.round(index * rowHeight - offset);
    shown.push(
      <div key={index} className="virtual-row" style={{ transform: `translateY(${top}px)` }}>
        {renderRow(index)}
      </div>,
    );
  }
  return (
    <div ref={element} className={`virtual ${className ?? ""}`} {...rest}>
      <div style={{ height: elementHeight(geometry) }}>
        <div className="virtual-layer" style={{ height: Math.min(viewport, elementHeight(geometry)) }}>
          {shown}
        </div>
      </div>
    </div>
  );
}
