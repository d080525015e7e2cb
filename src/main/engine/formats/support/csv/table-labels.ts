/** Labels of the series in a table: columns that say where something was measured, beside those of what was. */
import { type Columns, isAbsent, numberOf } from "./cells.ts";
import { serviceOfLabels } from "../metrics/labels.ts";
import { seriesName } from "../metrics/series.ts";

/** Columns that name things, though their cells may be numbers. */
const LABEL_NAMES = new Set(
  (
    "host hostname host_name instance instance_id node node_id core cpu_id cpu_core shard partition port pid tid rack rank " +
    "code status_code http_status quantile le version"
  ).split(" "),
);
const isLabelName = (name: string): boolean => LABEL_NAMES.has(name.toLowerCase().replaceAll(/[ .-]/g, "_"));

export interface SeriesColumns {
  /** Columns of numbers, a series each. */
  readonly series: readonly number[];
  /** Columns of words, which belong to the names of the series. */
  readonly labels: readonly number[];
}

/** What the columns beside those of the time and the service hold. A column that nobody has filled is a series. */
export function seriesColumnsOf(columns: Columns, rows: readonly (readonly string[])[]): SeriesColumns {
  const { names, delimiter, time, clock, service } = columns;
  const series: number[] = [];
  const labels: number[] = [];
  for (const [index, name] of names.entries()) {
    if (index === time || index === clock || index === service) continue;
    const filled = rows.map((cells) => cells[index] ?? "").filter((cell) => !isAbsent(cell));
    if (
      isWords(
        filled.map((cell) => numberOf(cell, delimiter) === undefined),
        rows.length,
      ) ||
      isLabelName(name)
    )
      labels.push(index);
    else series.push(index);
  }
  return { series, labels };
}

/** Whether most cells of a column are words, and not damaged numbers. Of two rows, the first says it; one says nothing. */
function isWords(cells: readonly boolean[], rows: number): boolean {
  const words = cells.filter(Boolean).length;
  if (rows < 2) return false;
  return 2 * words === cells.length ? cells[0] === true : 2 * words > cells.length;
}

/** What all series of a row share. */
export interface RowLabels {
  /** Behind a metric's name: `{host="a"}`, or nothing. */
  readonly suffix: string;
  /** What the labels say of the service. */
  readonly service: string | null;
}

/** Rows that are of the same series, which most are, need not be asked again. */
const MOST_REMEMBERED = 10_000;

export class LabelReader {
  readonly #names: readonly string[];
  readonly #labels: readonly number[];
  readonly #known = new Map<string, RowLabels>();

  constructor({ names }: Columns, labels: readonly number[]) {
    this.#names = names;
    this.#labels = labels;
  }

  of(cells: readonly string[]): RowLabels {
    let key = "";
    for (const index of this.#labels) key += `${cells[index] ?? ""}\n`;
    let known = this.#known.get(key);
    if (known === undefined) {
      if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
      this.#known.set(key, (known = this.#read(cells)));
    }
    return known;
  }

  #read(cells: readonly string[]): RowLabels {
    const labels = this.#labels.flatMap((index) => {
      const cell = cells[index] ?? "";
      return cell === "" ? [] : [[this.#names[index] ?? "", cell] as const];
    });
    const plain = Object.fromEntries(labels.map(([name, value]) => [name.toLowerCase(), value]));
    return { suffix: seriesName("", labels), service: serviceOfLabels(plain) };
  }
}
