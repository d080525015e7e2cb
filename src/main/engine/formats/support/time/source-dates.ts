/** In which order a source writes dates of numbers only, told by its beginning, and what is said of that to people. */
import { MICROS_PER_SECOND } from "../../../../../shared/units.ts";
import type { ParseOptions, RecordSink } from "../../format.ts";
import { type DateOrder, dateOrderOf, type NumericDate, openingDates, opensWithDate } from "./date-order.ts";

/** Whether such dates are there at all is told by so many bytes, and their order by so many. */
const LOOKED_AT = 4 * 1_024;
const MOST_READ = 256 * 1_024;

/** As usual where nothing opens with such a date, and in the middle of a source: one in another order is not cut. */
export function dateOrderOfSource(options: ParseOptions, sink: RecordSink): DateOrder {
  const { head } = options;
  if (head === undefined || !opensWithDate(textOf(head, LOOKED_AT))) return "usual";
  return orderOf(openingDates(textOf(head, MOST_READ)), options, sink);
}

/** The same, told by times that stand in cells of a table. */
export const dateOrderOfCells = (cells: readonly string[], options: ParseOptions, sink: RecordSink): DateOrder =>
  orderOf(openingDates(cells.join("\n")), options, sink);

function orderOf(dates: readonly NumericDate[], { now, isModified }: ParseOptions, sink: RecordSink): DateOrder {
  const { order, isGuess } = dateOrderOf(dates, isModified === true ? now / MICROS_PER_SECOND : null);
  const how = `${order === "day-first" ? "the day" : "the month"} first`;
  if (isGuess)
    sink.warn(
      "date-order",
      `Nothing in the beginning of the source tells in which order its dates are written; they are read ${order === "usual" ? "as is usual: the month before the day" : `with ${how}`}.`,
    );
  else if (order !== "usual")
    sink.warn("date-order", `Dates are read with ${how}: in another order they would not fit each other.`);
  return order;
}

/** Dates are ASCII, and a date that the end cuts off does not count. */
const textOf = ({ buffer, byteOffset, byteLength }: Uint8Array, most: number): string =>
  Buffer.from(buffer, byteOffset, Math.min(byteLength, most)).toString("latin1");
