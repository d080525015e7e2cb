/**
 * Documents of series with their samples below them, in objects and arrays of any depth: `series[*].points[*]`. What
 * describes a series may stand before its samples or after them, and around the series too; samples wait for it.
 */
import type { Surroundings } from "../../../../../shared/model/dead-letter.ts";
import type { ParseOptions, Parser, RecordSink } from "../../format.ts";
import { FieldTimes } from "../objects/field-times.ts";
import { HeldElements } from "../json/held-elements.ts";
import { aroundPath } from "../objects/around-path.ts";
import { elementParser, type JsonElement, knownNow, type Refusal } from "../json/elements.ts";
import { notAnObject } from "../objects/object-format.ts";
import { fileSamples, isRefused, type SeriesSample } from "./sample-series.ts";

/** What is known of a series: the member at one of the paths that were asked for. */
export type Known = (path: string) => unknown;

export interface SeriesDocument<Series> {
  /** Objects around the samples, each after those that it stands in. */
  readonly scopes: readonly string[];
  /** Members of the scopes that describe the series. */
  readonly parts: readonly string[];
  readonly samples: readonly string[];
  /** Whether samples can be read already; those that cannot wait until the outermost scope ends. */
  isKnown(known: Known): boolean;
  series(known: Known): Series;
  read(sample: unknown, series: Series, times: FieldTimes, path: string): readonly SeriesSample[] | Refusal;
}

interface Scope<Series> {
  readonly outer: Scope<Series> | null;
  readonly parts: Map<string, unknown>;
  series: Series | null;
}

interface ScopedElement<Series> extends JsonElement {
  readonly scope: Scope<Series>;
}

export function seriesParser<Series>(of: SeriesDocument<Series>, options: ParseOptions, sink: RecordSink): Parser {
  const reader = new SeriesReader(of, options, sink);
  return elementParser(sink, [...of.scopes, ...of.parts, ...of.samples], {
    element: (element) => reader.element(element),
    leave: (path) => reader.leave(path),
    around: (path) => knownNow(reader.around(path)),
  });
}

class SeriesReader<Series> {
  readonly #of: SeriesDocument<Series>;
  readonly #sink: RecordSink;
  readonly #times: FieldTimes;
  readonly #held: HeldElements<ScopedElement<Series>>;
  /** The scope that is open at each of the paths, or opens next. */
  readonly #scopes = new Map<string, Scope<Series>>();
  /** The innermost scope around each path of samples. */
  readonly #around: ReadonlyMap<string, string>;

  constructor(of: SeriesDocument<Series>, options: ParseOptions, sink: RecordSink) {
    this.#of = of;
    this.#sink = sink;
    this.#times = new FieldTimes(options, sink);
    for (const path of of.scopes) this.#open(path);
    this.#around = new Map(
      of.samples.map((path) => [path, of.scopes.findLast((scope) => isWithin(path, scope)) ?? ""]),
    );
    this.#held = new HeldElements(
      (element) => this.#file(element, element.scope),
      () => sink.warn("late-labels", "A series has too many samples before its labels; some are kept without them."),
    );
  }

  element(element: JsonElement): void {
    const { path, value } = element;
    const scope = this.#scopes.get(this.#around.get(path) ?? path);
    if (this.#around.has(path) && scope !== undefined) {
      if (this.#of.isKnown(knownIn(scope))) return this.#file(element, scope);
      return this.#held.hold({ ...element, scope });
    }
    if (scope !== undefined) return fileSamples(this.#sink, element, notAnObject(value), this.around(path));
    this.#scopes.get(parentOf(path))?.parts.set(path, value);
    for (const open of this.#scopes.values()) open.series = null;
  }

  leave(path: string): void {
    const left = this.#scopes.get(path);
    if (left === undefined) return;
    if (left.outer === null) this.#held.release();
    for (const scope of this.#of.scopes) if (scope === path || isWithin(scope, path)) this.#open(scope);
  }

  /** What stands around the elements at a path at the moment. */
  around(path: string): Surroundings | undefined {
    return aroundPath(path, { parts: (scope) => this.#scopes.get(scope)?.parts });
  }

  #open(path: string): void {
    const outer = this.#of.scopes.findLast((scope) => isWithin(path, scope));
    const scope = outer === undefined ? null : (this.#scopes.get(outer) ?? null);
    this.#scopes.set(path, { outer: scope, parts: new Map(), series: null });
  }

  #file(element: JsonElement, scope: Scope<Series>): void {
    scope.series ??= this.#of.series(knownIn(scope));
    const samples = this.#of.read(element.value, scope.series, this.#times, element.path);
    fileSamples(this.#sink, element, samples, isRefused(samples) ? this.around(element.path) : undefined);
  }
}

/** What is known of a scope and of those around it. */
const knownIn =
  <Series>(innermost: Scope<Series>): Known =>
  (path) => {
    let scope: Scope<Series> | null = innermost;
    while (scope !== null && !scope.parts.has(path)) scope = scope.outer;
    return scope?.parts.get(path);
  };

const isWithin = (path: string, scope: string): boolean =>
  path !== scope && (scope === "" || path.startsWith(`${scope}.`) || path.startsWith(`${scope}[`));
const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf("."), 0));
