/** Every format there is: the files of the rooms beside this one with a default export. A new file is found by itself. */
import { type FormatTrial, NO_MATCH } from "../../../shared/model/source.ts";
import type { Detection, Format, FoundObjectLines, Sample } from "./format.ts";
import { MOST_LINES } from "./sample.ts";

const modules = import.meta.glob<Format>(["./*/*.ts", "!./support/*.ts"], { eager: true, import: "default" });

/** A guess below this is none: the source is listed as not recognised. */
export const LEAST_CONFIDENCE = 0.5;

export const formats: readonly Format[] = collect(modules);

const byId = new Map(formats.map((format) => [format.id, format]));

export const formatById = (id: string): Format | undefined => byId.get(id);

export interface FormatChoice {
  /** Null when nothing reaches {@link LEAST_CONFIDENCE}. */
  readonly best: { readonly format: Format; readonly confidence: number; readonly reason: string } | null;
  /** Every format, the likeliest first. */
  readonly tried: readonly FormatTrial[];
}

/** Asks every format. Equal confidence goes by id, so that the answer never depends on the order of files. */
export const detectFormat = (sample: Sample): FormatChoice => chosen(formats.map((format) => format.detect(sample)));

/**
 * The same for a source that `reader` has read and found to be {@link FoundObjectLines}, without a sample. Null where a
 * format would have to look at one.
 */
export function choiceOfObjectLines(reader: Format, { lines, keys, says }: FoundObjectLines): FormatChoice | null {
  if (lines > MOST_LINES) return null;
  const detections: (Detection | null)[] = [];
  for (const format of formats) {
    const { objectLines } = format;
    if (format === reader) detections.push(says);
    else if (objectLines?.unless.some((key) => keys.has(key))) return null;
    else detections.push(objectLines?.says ?? null);
  }
  // All others say what they say of any such lines: files of one folder mostly are told alike.
  if (lastChoice?.reader !== reader || !isSame(lastChoice.says, says))
    lastChoice = { reader, says, choice: chosen(detections) };
  return lastChoice.choice;
}

let lastChoice: { readonly reader: Format; readonly says: Detection; readonly choice: FormatChoice } | null = null;
const isSame = (a: Detection, b: Detection): boolean => a.confidence === b.confidence && a.reason === b.reason;

/** `detections` are those of all {@link formats}. */
function chosen(detections: readonly (Detection | null)[]): FormatChoice {
  const trials = formats.map((format, index): Trial => {
    const found = detections[index];
    return { format, confidence: rounded(found?.confidence ?? 0), reason: found?.reason ?? NO_MATCH };
  });
  trials.sort(byConfidence);
  const [first] = trials;
  return {
    best: first !== undefined && first.confidence >= LEAST_CONFIDENCE ? first : null,
    tried: trials.map(tried),
  };
}

interface Trial {
  readonly format: Format;
  readonly confidence: number;
  readonly reason: string;
}

// Functions of their own: what V8 compiled of a function that is made for each file is gone with the next collection.
const byConfidence = (a: Trial, b: Trial): number =>
  b.confidence - a.confidence || (a.format.id < b.format.id ? -1 : 1);
const tried = ({ format, confidence, reason }: Trial): FormatTrial => ({ format: format.id, confidence, reason });

function collect(found: Readonly<Record<string, Format>>): Format[] {
  const fileById = new Map<string, string>();
  const list = Object.keys(found)
    .toSorted()
    .flatMap((file) => {
      const format = found[file];
      if (format === undefined)
        throw new Error(`${file} has no default export; a format file exports its Format as default`);
      const other = fileById.get(format.id);
      if (other !== undefined) throw new Error(`${file} and ${other} both have the id "${format.id}"`);
      fileById.set(format.id, file);
      return [format];
    });
  return list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** A share of a sample is not known to more than a hundredth. */
const rounded = (confidence: number): number => Math.round(confidence * 100) / 100;
