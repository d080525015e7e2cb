/** Options under which times are only recognised, never kept: detection and decoding do not depend on zone or date. */
import { LATEST } from "../../../../shared/units.ts";
import type { ParseOptions } from "../format.ts";

export const SAMPLE_OPTIONS: ParseOptions = { zone: "UTC", now: LATEST };
