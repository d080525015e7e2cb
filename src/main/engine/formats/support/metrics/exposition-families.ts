/**
 * Families of an exposition: what `# TYPE`, `# HELP` and `# UNIT` say, and what a sample of each type must not say,
 * https://prometheus.io/docs/specs/om/open_metrics_spec/#metric-types. Only what makes a sample senseless is refused.
 */
import type { ExpositionLine } from "./exposition-line.ts";

const TYPES = new Set("counter gauge histogram gaugehistogram summary stateset info unknown untyped".split(" "));
const SUFFIX = /_(?:total|created|count|sum|bucket|gcount|gsum|info)$/;
const METADATA = /^#[ \t]+(TYPE|HELP|UNIT)(?:[ \t]+(\S+))?(?:[ \t]+(.*))?$/;
/** Characters of all names and values of an exemplar's labels. */
const MOST_EXEMPLAR = 128;

interface Family {
  type: string;
  readonly stated: Set<string>;
  sampled: boolean;
}

export class ExpositionFamilies {
  readonly #families = new Map<string, Family>();

  clear(): void {
    this.#families.clear();
  }

  /** Null for metadata that is taken, undefined for any other comment; else what is wrong with it. */
  metadata(text: string): string | null | undefined {
    const [whole, keyword = "", name, rest = ""] = METADATA.exec(text) ?? [];
    if (whole === undefined) return undefined;
    if (name === undefined) return `is ${keyword} of no metric`;
    const family = this.#families.get(name) ?? { type: "unknown", stated: new Set(), sampled: false };
    this.#families.set(name, family);
    if (family.stated.has(keyword)) return `says ${keyword} of "${name}" a second time`;
    if (family.sampled) return `says ${keyword} of "${name}" after its samples`;
    family.stated.add(keyword);
    const value = rest.trim();
    if (keyword === "TYPE") {
      if (!TYPES.has(value)) return `has no known type for "${name}"`;
      family.type = value;
    }
    if (keyword === "UNIT" && value !== "" && !name.endsWith(`_${value}`))
      return `has the unit "${value}", which "${name}" does not end with`;
    return null;
  }

  /** Null for a sample that its family may have; else what is wrong with it. */
  sample(line: ExpositionLine): string | null {
    const base = line.name.replace(SUFFIX, "");
    const family = this.#families.get(line.name) ?? this.#families.get(base);
    if (family !== undefined) family.sampled = true;
    const type = family?.type ?? "unknown";
    return wrongValue(type, line) ?? wrongExemplar(type, line);
  }
}

function wrongValue(type: string, { name, labels, value }: ExpositionLine): string | null {
  const label = (wanted: string): string | undefined => labels.find(([key]) => key === wanted)?.[1];
  const isBucket = name.endsWith("_bucket");
  const counts =
    (type === "counter" && !name.endsWith("_created")) ||
    (/(?:histogram|summary)$/.test(type) && (isBucket || /_g?count$/.test(name)));
  if (counts && !(value >= 0)) return `counts what cannot be counted, ${value}`;
  if (
    isBucket &&
    type.endsWith("histogram") &&
    Number.isNaN(Number(label("le")?.replace(/Inf$/, "Infinity") ?? Number.NaN))
  )
    return 'is a bucket without a number as its label "le"';
  if (type === "summary" && !SUFFIX.test(name)) {
    const quantile = Number(label("quantile") ?? Number.NaN);
    if (!(quantile >= 0 && quantile <= 1)) return 'is a quantile without a label "quantile" from 0 to 1';
    if (value < 0) return `is a quantile below zero, ${value}`;
  }
  if (type === "info" && value !== 1) return `is an info whose value is not 1`;
  return type === "stateset" && value !== 0 && value !== 1 ? `is a state that is neither 0 nor 1` : null;
}

function wrongExemplar(type: string, { name, exemplar }: ExpositionLine): string | null {
  if (exemplar === null) return null;
  const allowed =
    type === "unknown" ||
    type === "untyped" ||
    type === "counter" ||
    (type.endsWith("histogram") && name.endsWith("_bucket"));
  if (!allowed) return `has an exemplar, which a ${type} has only on buckets`;
  const size = exemplar.labels.reduce((sum, [key, value]) => sum + charactersOf(key) + charactersOf(value), 0);
  return size > MOST_EXEMPLAR ? `has an exemplar of ${size} characters, over the limit of ${MOST_EXEMPLAR}` : null;
}

const charactersOf = (text: string): number => Array.from(text).length;
