// Values that a schema of the contract lets through, and as strange as it lets them be.
import fc from "./properties.ts";
import { z } from "zod";

/** Fields whose text is a path on this machine must not be made up: a call may write there. */
export interface Pools {
  readonly texts: readonly string[];
  readonly paths: readonly string[];
}

const PATH_FIELDS: ReadonlySet<string> = new Set(["file", "paths"]);
const NUMBERS = [0, 1, -1, 0.5, 40, 2 ** 31, 2 ** 32, 1e15, -1e15, Number.MAX_SAFE_INTEGER, 1e300, -1e300, 5e-324];

export function valuesOf(schema: z.core.$ZodType, pools: Pools, field = ""): fc.Arbitrary<unknown> {
  const of = (inner: z.core.$ZodType, name = field): fc.Arbitrary<unknown> => valuesOf(inner, pools, name);
  const { def } = schema as z.ZodType;
  if (schema instanceof z.ZodObject) {
    const { shape } = schema;
    const requiredKeys = Object.keys(shape).filter((key) => !(shape[key] instanceof z.ZodOptional));
    const all = Object.fromEntries(Object.entries(shape).map(([key, inner]) => [key, of(inner, key)]));
    return fc.record(all, { requiredKeys });
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodReadonly) return of(schema.def.innerType);
  if (schema instanceof z.ZodNullable) return fc.option(of(schema.def.innerType), { nil: null });
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.def.options.map((option) => of(option)));
  if (schema instanceof z.ZodArray) {
    const least = schema.safeParse([]).success ? 0 : 1;
    return fc.array(of(schema.def.element), { minLength: least, maxLength: 3 });
  }
  if (schema instanceof z.ZodTuple) return fc.tuple(...schema.def.items.map((item) => of(item)));
  if (schema instanceof z.ZodRecord)
    return fc.dictionary(fc.constantFrom("a", "__proto__", ""), of(schema.def.valueType));
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodUndefined) return fc.constant(undefined);
  if (schema instanceof z.ZodNull) return fc.constant(null);
  if (schema instanceof z.ZodString) {
    const pool = PATH_FIELDS.has(field) ? pools.paths : pools.texts;
    return fc.constantFrom(...pool.filter((text) => schema.safeParse(text).success));
  }
  if (schema instanceof z.ZodNumber) {
    return fc.constantFrom(...NUMBERS.filter((value) => schema.safeParse(value).success));
  }
  throw new Error(`no values for a schema of the kind ${def.type}`);
}
