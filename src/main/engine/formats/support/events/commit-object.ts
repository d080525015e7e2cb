/** A commit as a JSON object, in the spellings of `git log` exports, GitHub's API and GitHub's webhooks. */
import { Level } from "../../../../../shared/model/level.ts";
import type { RecordInput } from "../../../../../shared/model/record.ts";
import { firstLine, SHA, shortSha } from "./change-object.ts";
import type { FieldTimes } from "../objects/field-times.ts";
import type { Refusal } from "../json/elements.ts";
import { firstOf, isObject, type JsonObject, objectOf, textOf } from "../json/value.ts";

const SHAS = ["sha", "hash", "commit", "id", "commit_id", "commitId", "oid"];
/** Each commit has one of them. */
export const COMMIT_KEYS: readonly string[] = SHAS;
const TIMES = [
  "timestamp",
  "date",
  "committed_at",
  "committedAt",
  "committed_date",
  "committer_date",
  "authored_date",
  "time",
  "created_at",
];
const MESSAGES = ["message", "subject", "title", "messageHeadline"];

/** Where message, author and date stand. */
const bodyOf = (object: JsonObject): JsonObject => objectOf(object, "commit") ?? object;

const shaOf = (object: JsonObject): string | undefined => {
  const sha = textOf(object, SHAS);
  return sha !== undefined && SHA.test(sha) ? sha : undefined;
};

function authorOf(object: JsonObject): string | undefined {
  for (const place of [bodyOf(object), object]) {
    for (const key of ["author", "author_name", "authorName", "committer"]) {
      const value = firstOf(place, [key]);
      if (typeof value === "string") return value;
      const name = isObject(value) ? textOf(value, ["name", "login", "username", "email"]) : undefined;
      if (name !== undefined) return name;
    }
  }
  return undefined;
}

function timeOf(object: JsonObject): unknown {
  const body = bodyOf(object);
  const people = [objectOf(body, "committer"), objectOf(body, "author")];
  return (
    firstOf(object, TIMES) ??
    firstOf(body, TIMES) ??
    people.map((who) => who && firstOf(who, ["date"])).find((date) => date !== undefined)
  );
}

export function commitMessage(object: JsonObject): string {
  const sha = shaOf(object);
  const author = authorOf(object);
  const subject = firstLine(textOf(bodyOf(object), MESSAGES) ?? "");
  return [subject, sha && `(${shortSha(sha)})`, author && `by ${author}`].filter(Boolean).join(" ");
}

export const isCommit = (object: JsonObject): boolean =>
  shaOf(object) !== undefined &&
  textOf(bodyOf(object), MESSAGES) !== undefined &&
  (authorOf(object) !== undefined || firstOf(object, ["files_changed", "files", "parents", "diff"]) !== undefined) &&
  firstOf(object, ["level", "severity", "conclusion"]) === undefined;

export function readCommit(object: JsonObject, times: FieldTimes): RecordInput | Refusal {
  const sha = shaOf(object);
  if (sha === undefined)
    return { reason: "no-sha", message: "the commit has no id (sha, hash, id); add one to keep it" };
  return {
    kind: "commit",
    time: times.of(timeOf(object)),
    level: Level.none,
    service: textOf(object, ["service", "repository", "repo"]) ?? null,
    message: commitMessage(object),
    name: sha,
  };
}
