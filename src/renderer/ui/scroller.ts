/**
 * Arithmetic of a list that is taller than an element may be. Chromium clamps elements at 33,554,428 px, which is
 * 1.5 million rows of 22 px. Beyond {@link TALLEST} the scroll bar is a scale model: its thumb maps onto the whole list,
 * while the wheel and the keys move by true pixels.
 *
 * Rows may be of uneven heights, of which only those near the screen are known. An offset then still counts rows of the
 * even height: `offset / rowHeight` is the row at the top, and its fraction the share of that row that has left the
 * screen. So a row that turns out taller than it was thought moves only what lies below it.
 */

/** Height in pixels that an element surely has, with room for zoom factors. */
export const TALLEST = 8_000_000;

export interface Geometry {
  readonly count: number;
  /** Pixels of every row; of uneven rows those of the lowest. */
  readonly rowHeight: number;
  readonly viewport: number;
  /** Pixels of one row as far as it is known, at least `rowHeight`; only where rows are uneven. */
  readonly heightOf?: ((index: number) => number) | undefined;
}

export const contentHeight = ({ count, rowHeight }: Geometry): number => count * rowHeight;
/** Height of the element that makes the scroll bar. */
export const elementHeight = (geometry: Geometry): number =>
  Math.min(
    geometry.heightOf === undefined ? contentHeight(geometry) : geometry.viewport + lastOffset(geometry),
    TALLEST,
  );

/** The offset that lies so many true pixels further down, or up. */
export function advance(offset: number, pixels: number, { count, rowHeight, heightOf }: Geometry): number {
  if (heightOf === undefined) return offset + pixels;
  let index = Math.min(count, Math.max(0, Math.floor(offset / rowHeight)));
  let rest = pixels + (index < count ? (offset / rowHeight - index) * heightOf(index) : 0);
  while (rest < 0 && index > 0) {
    index -= 1;
    rest += heightOf(index);
  }
  while (index < count && rest >= heightOf(index)) {
    rest -= heightOf(index);
    index += 1;
  }
  if (index === count) return count * rowHeight;
  return (index + Math.max(0, rest) / heightOf(index)) * rowHeight;
}

/** Largest offset: the last row ends at the bottom. */
export const lastOffset = (geometry: Geometry): number =>
  Math.max(0, advance(contentHeight(geometry), -geometry.viewport, geometry));
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
export function visibleRows(offset: number, geometry: Geometry): RowRange {
  const { count, rowHeight, viewport } = geometry;
  const first = Math.min(count, Math.max(0, Math.floor(offset / rowHeight)));
  const end = Math.min(count, Math.ceil(advance(offset, viewport, geometry) / rowHeight));
  return { first, end: Math.max(first, end) };
}

/** Pixels from the top of the viewport to that of the first row on screen: 0, or less where it has left it in part. */
export function topOfFirst(offset: number, { rowHeight, heightOf }: Geometry): number {
  const first = Math.floor(offset / rowHeight);
  return heightOf === undefined ? first * rowHeight - offset : (first - offset / rowHeight) * heightOf(first);
}

const heightAt = (index: number, { rowHeight, heightOf }: Geometry): number => heightOf?.(index) ?? rowHeight;

/** The offset nearest to `offset` that shows a row whole, `margin` rows from the edge where the list is long enough. */
export function revealRow(index: number, offset: number, geometry: Geometry, margin = 0): number {
  const { rowHeight, viewport } = geometry;
  // Rows that a small viewport cannot keep free are not kept free.
  const room = Math.max(0, Math.min(margin * rowHeight, (viewport - heightAt(index, geometry)) / 2));
  const highest = advance(index * rowHeight, -room, geometry);
  // Of a row that is taller than the viewport the top is shown.
  const lowest = Math.min(highest, advance((index + 1) * rowHeight, room - viewport, geometry));
  if (offset > highest) return clampOffset(highest, geometry);
  if (offset < lowest) return clampOffset(lowest, geometry);
  return clampOffset(offset, geometry);
}

/** The offset that puts a row in the middle. */
export const centreRow = (index: number, geometry: Geometry): number =>
  clampOffset(
    advance(index * geometry.rowHeight, -(geometry.viewport - heightAt(index, geometry)) / 2, geometry),
    geometry,
  );
