/** The level that a log object states, in whichever dialect its logger speaks. */
import { Level } from "../../../../../shared/model/level.ts";
import { ROLE } from "./field-roles.ts";
import type { FieldValues } from "./field-values.ts";
import type { JsonObject } from "../json/value.ts";
import { levelOfStatus } from "../text-line/answer.ts";
import {
  levelOfHundreds,
  levelOfLetter,
  levelOfOtel,
  levelOfPino,
  levelOfPython,
  levelOfSyslog,
  levelOfWord,
} from "../level.ts";

/** Of HTTP. */
const STATUS = /^[1-5]\d\d$/;

export function levelOfObject(found: FieldValues, object: JsonObject): Level {
  const level = found.get(ROLE.level);
  const read =
    typeof level === "number"
      ? levelOfNumber(level, found.levelKey, object)
      : typeof level === "string"
        ? levelOfText(level)
        : undefined;
  if (read !== undefined) return read;
  const otel = levelOfOtel(Number(found.get(ROLE.otelLevel)));
  if (otel !== undefined) return otel;
  const syslog = found.get(ROLE.syslogLevel);
  const python = levelOfPython(Number(found.get(ROLE.pythonLevel)));
  if (python !== undefined) return python;
  if (syslog !== undefined) return levelOfSyslog(Number(syslog)) ?? Level.none;
  const letter = found.get(ROLE.mongoLevel);
  if (typeof letter === "string" && "c" in object && "ctx" in object)
    return levelOfLetter(letter.charAt(0)) ?? Level.none;
  // Events of Kubernetes say "Normal" or "Warning" as their type.
  if ("involvedObject" in object || "regarding" in object) return levelOfText(String(object["type"])) ?? Level.info;
  const answer = found.get(ROLE.answer);
  // Datadog calls the level "status", which elsewhere is an answer's.
  if ("dd" in object || "ddsource" in object || "ddtags" in object)
    return typeof answer === "string" ? (levelOfText(answer) ?? Level.none) : Level.none;
  // Serilog's compact format leaves the level out when it is Information.
  if ("@t" in object && ("@m" in object || "@mt" in object)) return Level.info;
  return typeof answer === "number" || (typeof answer === "string" && STATUS.test(answer))
    ? levelOfStatus(Number(answer))
    : Level.none;
}

/** `level: 30` is pino and bunyan; 0–7 is syslog's where the object is GELF or the key says so; hundreds are Google's or Monolog's. */
function levelOfNumber(level: number, key: string, object: JsonObject): Level | undefined {
  const severity = key.toLowerCase().startsWith("sev");
  if (level < 8) return severity || "short_message" in object ? levelOfSyslog(level) : undefined;
  return level < 100 ? levelOfPino(level) : levelOfHundreds(level, severity ? "google" : "monolog");
}

function levelOfText(level: string): Level | undefined {
  const word = levelOfWord(level);
  if (word !== undefined) return word;
  if (level.length === 1 && /[A-Z]/.test(level)) return levelOfLetter(level);
  return /^\d{2}$/.test(level) ? levelOfPino(Number(level)) : undefined;
}
