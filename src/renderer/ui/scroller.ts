/**
 * Arithmetic of a list that is taller than an element may be. Chromium clamps elements at 33,554,428 px, which is
 * 1.5 million rows of 22 px. Beyond {@link TALLEST} the scroll bar is a scale model: its thumb maps onto the whole list,
 * while the wheel and the keys move by true pixels.
 */

/** Height in pixels that an element surely has, with room for zoom factors. */
export const TALLEST = 8_000_000;

export interface Geometry {
  readonly count: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

export const contentHeight = ({ count, rowHeight }: Geometry): number => count * rowHeight;
/** Height of the element that makes the scroll bar. */
export const elementHeight = (geometry: Geometry): number => Math.min(contentHeight(geometry), TALLEST);

/** Largest offset: the last row ends at the bottom. */
export const lastOffset = (geometry: Geometry): number => Math.max(0, contentHeight(geometry) - geometry.viewport);
const lastScrollTop = (geometry: Geometry): number => Math.max(0, elementHeight(geometry) - geometry.viewport);

export const clampOffset = (offset: number, geometry: Geometry): number =>
  Math.min(Math.max(0, offset), lastOffset(geometry));

/** Pixels of the list above the viewport, from where the scroll bar stands. */
export function offsetOf(scrollTop: number, geometry: Geometry): number {
  const last = lastScrollTop(geometry);
  if (last === 0) return 0;
  const scale = lastOffset(geometry) / last;
  return clampOffset(scale === 1 ? scrollTop : scrollTop * scale, geometry);
}

/** Where the scroll bar stands for an offset. */
export function scrollTopOf(offset: number, geometry: Geometry): number {
  const last = lastOffset(geometry);
  if (last === 0) return 0;
  return (clampOffset(offset, geometry) / last) * lastScrollTop(geometry);
}

export interface RowRange {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/** Rows that touch the viewport. */
export function visibleRows(offset: number, { count, rowHeight, viewport }: Geometry): RowRange {
  const first = Math.min(count, Math.max(0, Math.floor(offset / rowHeight)));
  const end = Math.min(count, Math.ceil((offset + viewport) / rowHeight));
  return { first, end: Math.max(first, end) };
}

/** The offset nearest to `offset` that shows a row whole, `margin` rows from the edge where the list is long enough. */
export function revealRow(index: number, offset: number, geometry: Geometry, margin = 0): number {
  const { rowHeight, viewport } = geometry;
  // Rows that a small viewport cannot keep free are not kept free.
  const room = Math.min(margin * rowHeight, Math.max(0, (viewport - rowHeight) / 2));
  const top = index * rowHeight;
  const highest = top - room;
  const lowest = top + rowHeight + room - viewport;
  if (offset > highest) return clampOffset(highest, geometry);
  if (offset < lowest) return clampOffset(lowest, geometry);
  return clampOffset(offset, geometry);
}

/** The offset that puts a row in the middle. */
export const centreRow = (index: number, geometry: Geometry): number =>
  clampOffset(index * geometry.rowHeight - (geometry.viewport - geometry.rowHeight) / 2, geometry);
