// https://git-scm.com/docs/git-log
/** The history of a git repository, newest commit first, as the text of `git log`. */
import { basename, dirname } from "node:path";
import { FailureError } from "../../../shared/failure.ts";
import type { ConnectorContext, Place, StreamConnector } from "./connector.ts";
import { gitChunks, gitText, MOST_COMMITS } from "./support/git-process.ts";
import { isBareRepository } from "./support/git-repository.ts";

const LOG = [
  "log",
  `--max-count=${MOST_COMMITS}`,
  "--date=iso-strict",
  "--name-only",
  "--no-color",
  "--no-decorate",
  "--no-show-signature",
  "--no-ext-diff",
  "--no-textconv",
  "--no-notes",
  "--encoding=UTF-8",
];

/** A work tree is asked from its folder, a repository without one from its own. */
const workFolder = (place: Place): string => (basename(place.path) === ".git" ? dirname(place.path) : place.path);

const git: StreamConnector = {
  id: "git",
  title: "Git repository",
  fallback: "last-good-answer",
  probe: async (target, context) =>
    `The repository answers: ${(await gitText(target, ["rev-parse", "--git-dir"], context)).trim()}.`,
  claims: (place) => (isBareRepository(place.names) ? 0.9 : 0),
  open: async (place, context) => ({
    path: place.path,
    bytes: 0,
    identity: `commit:${await headOf(place, context)}`,
    modified: null,
    format: "git-log",
    chunks: (reading) => gitChunks(workFolder(place), LOG, reading),
  }),
};

export default git;

async function headOf(place: Place, context: ConnectorContext): Promise<string> {
  try {
    return (await gitText(workFolder(place), ["rev-parse", "--verify", "HEAD"], context)).trim();
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.reason !== "git-failed") throw thrown;
    const isRepository = await gitText(workFolder(place), ["rev-parse", "--git-dir"], context).then(
      () => true,
      () => false,
    );
    if (!isRepository) throw thrown;
    throw new FailureError("no-commits", `${place.path}: the repository has no commits yet.`);
  }
}
