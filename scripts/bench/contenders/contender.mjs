// Who is measured. A contender runs all it can of one input and tells what it found, so that the answers can be compared.
import { duckdb } from "./duckdb.mjs";
import { faultline } from "./faultline.mjs";
import { grep, ripgrep } from "./line-search.mjs";
import { lnav } from "./lnav.mjs";

/**
 * @typedef {{ samples: { input: "lines" | "incident", measure: string, value: number }[], answers: Record<string, number> }} Found
 * @typedef {{ name: string, debianPackage?: string, absent: () => Promise<string | null>,
 *   run: (input: import("../input.mjs").Input, workFolder: string) => Promise<Found> }} Contender
 *   absent: null when it is there, else a sentence that says how to get it
 */

/** @type {readonly Contender[]} */
export const CONTENDERS = [faultline, lnav, duckdb, ripgrep, grep];
