// Values that the records of one side have more often than those of the other: columns of every record, and fields of a
// sample of them, for a field is known only to who decodes.
import { kindName, RECORD_KINDS, type Fields } from "../../../../shared/model/record.ts";
import { levelName, LEVELS } from "../../../../shared/model/level.ts";
import { fieldHelp } from "../../../../shared/query/fields.ts";
import { printTerm } from "../../../../shared/query/print.ts";
import type { Difference } from "../../compare/difference.ts";
import { compareShares } from "../../compare/effect.ts";
import { FieldTally, type FieldValues } from "../../compare/field-tally.ts";
import type { OpenCase } from "../open-case.ts";
import type { Ordinals } from "../ordinals.ts";
import { decodeAll } from "../rows.ts";
import { countCodes, shareOf, type CodeOf } from "./counts.ts";
import type { Sides } from "./sides.ts";

/** Records that are decoded of each side. */
const MOST_DECODED = 4_000;
/** Fewer of both samples are not counted. */
const LEAST_COUNT = 5;

export interface Attribute extends Difference {
  readonly kind: "attribute";
  /** Other fields that say the same of the same records: "http.status = 503". */
  readonly also: readonly string[];
}

export interface Attributes {
  readonly found: readonly Attribute[];
  /** Records that were decoded. */
  readonly decoded: number;
}

export function comparedAttributes(open: OpenCase, sides: Sides, checkpoint: () => void): Attributes {
  const columns = columnsOf(open).filter(({ field }) => !sides.decided.has(field));
  const exact = columns.flatMap((column) => {
    checkpoint();
    return comparedColumn(open, sides, column);
  });
  const sampled = comparedFields(open, sides, columns, checkpoint);
  return {
    // What one value gains, the others lose: of what became rarer between windows, only that which is gone is told.
    found: [
      ...exact.map((one): Attribute =>
        Object.assign(one, { also: sampled.twins.get(keyOf(one.field, one.name)) ?? [] }),
      ),
      ...sampled.found,
    ].filter(({ effect, b }) => effect.doublings > 0 || (sides.areRates && b.count === 0)),
    decoded: sampled.decoded,
  };
}

const keyOf = (field: string | null, name: string): string => JSON.stringify([field, name]);

interface Column {
  readonly field: string;
  readonly names: readonly (string | null)[];
  readonly codeOf: CodeOf;
}

function columnsOf(open: OpenCase): Column[] {
  const { index } = open;
  const sources = [...new Set(index.sourceOf)];
  const placeOf = new Map(sources.map((id, place) => [id, place]));
  return [
    { field: "service", names: index.services, codeOf: (ordinal) => index.service.at(ordinal) },
    { field: "level", names: LEVELS.map((_, code) => levelName(code)), codeOf: (ordinal) => index.level.at(ordinal) },
    {
      field: "source",
      names: sources.map((id) => open.source(id)?.path ?? null),
      codeOf: (ordinal) => placeOf.get(index.sourceOf[index.segmentOf.at(ordinal)] ?? 0) ?? -1,
    },
    {
      field: "kind",
      names: RECORD_KINDS.map((_, code) => kindName(code)),
      codeOf: (ordinal) => index.kind.at(ordinal),
    },
  ];
}

function comparedColumn(open: OpenCase, sides: Sides, { field, names, codeOf }: Column): Omit<Attribute, "also">[] {
  const a = countCodes(open, sides.a.records, names.length, codeOf);
  const b = countCodes(open, sides.b.records, names.length, codeOf);
  return names.flatMap((name, code) => {
    const [before, after] = [a.count[code] ?? 0, b.count[code] ?? 0];
    if (name === null || before + after === 0) return [];
    const level = field === "level" ? code : 0;
    return [attribute(field, name, { before, after, ofA: a.all, ofB: b.all }, level)];
  });
}

interface Counts {
  readonly before: number;
  readonly after: number;
  readonly ofA: number;
  readonly ofB: number;
}

const attribute = (
  field: string,
  name: string,
  { before, after, ofA, ofB }: Counts,
  level: number,
): Omit<Attribute, "also"> => ({
  kind: "attribute",
  field,
  name,
  measure: "share",
  unit: null,
  a: shareOf(before, ofA),
  b: shareOf(after, ofB),
  effect: compareShares({ count: before, of: ofA }, { count: after, of: ofB }),
  level,
  term: printTerm(field, name),
});

interface SampledFields {
  readonly found: readonly Attribute[];
  /** Fields that repeat a column, by the column's field and value. */
  readonly twins: ReadonlyMap<string, readonly string[]>;
  readonly decoded: number;
}

/** Stands before the name of a column among the fields, where no field can be called so. */
const COLUMN = "\u0000";

function comparedFields(
  open: OpenCase,
  sides: Sides,
  columns: readonly Column[],
  checkpoint: () => void,
): SampledFields {
  const samples = [sampleOf(sides.a.records), sampleOf(sides.b.records)] as const;
  const decoded = decodeAll(open, [...samples[0], ...samples[1]], checkpoint);
  // A field that is called as a word of the filter language cannot be asked for by its name.
  const tells = (key: string): boolean =>
    !sides.decided.has(key) && fieldHelp(key) === undefined && !(sides.decided.has("level") && LEVEL_FIELD.test(key));
  const tally = new FieldTally();
  for (const [side, ordinals] of samples.entries()) {
    for (const ordinal of ordinals) {
      const record = decoded.get(ordinal);
      if (record === undefined) continue;
      const own = columns.map(({ field, names, codeOf }) => [COLUMN + field, names[codeOf(ordinal)] ?? null] as const);
      const fields: Fields = [...own, ...record.fields.filter(([key]) => tells(key))];
      tally.add(side === 0 ? 0 : 1, fields, record.message);
    }
  }
  const [ofA, ofB] = [samples[0].length, samples[1].length];
  const twins = new Map<string, string[]>();
  const groups = new Map<string, FieldValues[]>();
  for (const one of tally.values(LEAST_COUNT)) {
    const same = `${one.a} ${one.b} ${one.mark}`;
    const group = groups.get(same);
    if (group === undefined) groups.set(same, [one]);
    else group.push(one);
  }
  const found = [...groups.values()].flatMap((group): Attribute[] => {
    const column = group.find(({ key }) => key.startsWith(COLUMN));
    const others = group.filter(({ key }) => !key.startsWith(COLUMN));
    const texts = others.map(({ key, value }) => `${key} = ${value}`);
    const [first] = others;
    // What all records have, or what says the same as a column, is told once or not at all.
    if (column !== undefined) twins.set(keyOf(column.key.slice(COLUMN.length), column.value), texts);
    if (column !== undefined || first === undefined) return [];
    const counts = { before: first.a, after: first.b, ofA, ofB };
    return [{ ...attribute(first.key, first.value, counts, 0), kind: "attribute", also: texts.slice(1) }];
  });
  return { found, twins, decoded: ofA + ofB };
}

/** Says again what the level says. */
const LEVEL_FIELD = /(?:^|[._])(?:level|lvl|severity(?:[._]?(?:text|number))?)$/iu;

/** Evenly spread, so that the same case gives the same sample. */
function sampleOf(ordinals: Ordinals): number[] {
  const wanted = Math.min(ordinals.length, MOST_DECODED);
  return Array.from({ length: wanted }, (_, at) => ordinals.at(Math.floor((at * ordinals.length) / wanted)) ?? 0);
}
