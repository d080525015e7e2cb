/**
 * Commits as a JSON array or object: exports of `git log`, and GitHub's list of commits,
 * https://docs.github.com/en/rest/commits/commits. Quirk: GitHub nests message, author and date in `commit`, whose
 * author is the person, while the outer `author` is the account.
 */
import { COMMIT_KEYS, commitMessage, isCommit, readCommit } from "../support/events/commit-object.ts";
import { objectFormat } from "../support/objects/object-format.ts";

export default objectFormat({
  id: "commits",
  title: "Commits (JSON)",
  version: 2,
  unit: "commit",
  what: "commits",
  confidence: 0.95,
  keys: COMMIT_KEYS,
  matches: isCommit,
  message: commitMessage,
  read: readCommit,
});
