/** The schemas that every other one is made of. */
import { z } from "zod";
import { SEVERITIES } from "../model/severity.ts";

/** Microseconds since the epoch. */
export const time = z.number();
export const timeOrNull = z.number().nullable();
export const text = z.string();
/** Of a file or folder, or the address of a server: longer ones no system takes, and what follows a NUL none would see. */
export const path = z
  .string()
  .min(1)
  .max(32_767)
  .refine((value) => !value.includes("\0"), "a path holds no NUL character");
export const textOrNull = z.string().nullable();
export const count = z.number().int().nonnegative();
export const severity = z.enum(SEVERITIES);
export const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const fields = z.array(z.tuple([z.string(), fieldValue])).readonly();
export const float64 = z.instanceof(Float64Array);
export const uint32 = z.instanceof(Uint32Array);
export const bytes = z.instanceof(Uint8Array);
export const nothing = z.undefined().or(z.null());
