/** A table of Flux's annotated CSV: what its columns are by their annotations, or by their names where it has none. */
import type { Fields } from "../../../../../shared/model/record.ts";
import { splitRow } from "../csv/cells.ts";
import { influxMetric } from "./influx-point.ts";

const NUMBERS = /^(?:double|long|unsignedLong|boolean)$/;
const TIMES = /^dateTime(?::|$)/;
const OWN = new Set(["", "result", "table", "_start", "_stop", "_time", "_value", "_field", "_measurement"]);
const SPECIAL: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  "+Inf": Infinity,
  "-Inf": -Infinity,
  Inf: Infinity,
};

export interface FluxSample {
  readonly metric: string;
  readonly labels: Fields;
  readonly value: number;
}

export class FluxTable {
  readonly header: string;
  readonly names: readonly string[];
  readonly #types: readonly string[];
  readonly #defaults: readonly string[];
  readonly #time: number;
  /** Columns of numbers: the one of values, or one a field where rows were pivoted. */
  readonly #values: readonly number[];
  readonly #labels: readonly number[];
  readonly #columns = new Map<string, number>();

  constructor(header: string, annotations: readonly string[]) {
    this.header = header;
    this.names = splitRow(header, ",");
    const annotated = (name: string): string[] =>
      splitRow(annotations.find((line) => line.replace('"', "").startsWith(`#${name}`)) ?? "", ",");
    this.#types = annotated("datatype");
    this.#defaults = annotated("default");
    const isTime = (index: number): boolean => TIMES.test(this.#types[index] ?? "");
    const time = ["_time", "time", "_stop"].map((name) => this.names.indexOf(name)).find((index) => index >= 0);
    this.#time = time ?? this.names.findIndex((_, index) => isTime(index));
    const value = this.names.indexOf("_value");
    const others = this.names.flatMap((name, index) =>
      OWN.has(name) || index === this.#time || isTime(index) ? [] : [index],
    );
    const isNumber = (index: number): boolean => NUMBERS.test(this.#types[index] ?? "");
    this.#values = value >= 0 ? [value] : others.filter(isNumber);
    this.#labels = others.filter((index) => !this.#values.includes(index) && !isNumber(index));
  }

  /** What a query failed with; null for a row of data. */
  static errorOf(names: readonly string[], cells: readonly string[]): string | null {
    const at = names.indexOf("error");
    return at >= 0 && names.includes("reference") ? (cells[at] ?? "") : null;
  }

  /** Undefined for what is no number. */
  static numberOf(cell: string): number | undefined {
    if (Object.hasOwn(SPECIAL, cell)) return SPECIAL[cell];
    if (cell === "true" || cell === "false") return Number(cell === "true");
    const value = Number(cell);
    return cell.trim() === "" || Number.isNaN(value) ? undefined : value;
  }

  errorIn(cells: readonly string[]): string | null {
    return FluxTable.errorOf(this.names, cells);
  }

  timeIn(cells: readonly string[]): string {
    return this.#cell(cells, this.#time);
  }

  /** The column that the last row had this metric in. */
  columnOf(metric: string): number {
    return this.#columns.get(metric) ?? -1;
  }

  /** Samples of a row, none of one that holds no numbers; a column whose cell should be a number and is none. */
  samplesIn(cells: readonly string[]): readonly FluxSample[] | string {
    const measurement = this.#named(cells, "_measurement");
    const field = this.#named(cells, "_field");
    const labels = this.#labels.flatMap((index) => {
      const cell = this.#cell(cells, index);
      return cell === "" ? [] : [[this.names[index] ?? "", cell] as const];
    });
    const samples: FluxSample[] = [];
    for (const index of this.#values) {
      const cell = this.#cell(cells, index);
      if (cell === "") continue;
      const value = FluxTable.numberOf(cell);
      const name = this.names[index] ?? "";
      if (value === undefined) {
        if (this.#types[index] === "string") continue;
        return `number in column "${name}"`;
      }
      const metric = influxMetric(measurement, name === "_value" ? field : name) || "value";
      this.#columns.set(metric, index);
      samples.push({ metric, labels, value });
    }
    return samples;
  }

  #named(cells: readonly string[], name: string): string {
    return this.#cell(cells, this.names.indexOf(name));
  }

  #cell(cells: readonly string[], index: number): string {
    return (cells[index] ?? "") || (index < 0 ? "" : (this.#defaults[index] ?? ""));
  }
}
