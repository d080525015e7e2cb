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
  levelOfTextWord,
  levelOfWord,
} from "../level.ts";

/** Microsoft's Application Insights counts upwards: verbose, information, warning, error, critical. */
const APPLICATION_INSIGHTS: readonly Level[] = [Level.debug, Level.info, Level.warn, Level.error, Level.fatal];

/** Of HTTP. */
const STATUS = /^[1-5]\d\d$/;

export function levelOfObject(found: FieldValues, object: JsonObject): Level {
  const level = found.get(ROLE.level);
  const read =
    typeof level === "number"
      ? levelOfNumber(level, found.levelKey, object)
      : typeof level === "string"
        ? (levelOfText(level) ?? levelOfApple(level, found.levelKey))
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
  if (typeof answer === "number" || (typeof answer === "string" && STATUS.test(answer)))
    return levelOfStatus(Number(answer));
  // Datadog's exports hold its "status" without any other sign of Datadog.
  return typeof answer === "string" ? (levelOfTextWord(answer) ?? Level.none) : Level.none;
}

/** `level: 30` is pino and bunyan; 0–7 is syslog's where the object is GELF or the key says so; hundreds are Google's or Monolog's. */
function levelOfNumber(level: number, key: string, object: JsonObject): Level | undefined {
  if (key === "SeverityLevel" || key === "severityLevel") return APPLICATION_INSIGHTS[level];
  const severity = key.toLowerCase().startsWith("sev");
  if (level < 8) return severity || "short_message" in object ? levelOfSyslog(level) : undefined;
  return level < 100 ? levelOfPino(level) : levelOfHundreds(level, severity ? "google" : "monolog");
}

/** The types of messages of macOS' unified log that are no words for a level elsewhere. */
function levelOfApple(type: string, key: string): Level | undefined {
  if (key !== "messageType") return undefined;
  return type === "Fault" ? Level.fatal : type === "Default" ? Level.info : undefined;
}

function levelOfText(level: string): Level | undefined {
  const word = levelOfWord(level);
  if (word !== undefined) return word;
  if (level.length === 1 && /[A-Z]/.test(level)) return levelOfLetter(level);
  return /^\d{2}$/.test(level) ? levelOfPino(Number(level)) : undefined;
}
