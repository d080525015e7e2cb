/**
 * Runs, jobs and checks of GitHub Actions: lists (`{workflow_runs}`, `{jobs}`, `{check_runs}`), single ones, and
 * `gh run list --json`, https://docs.github.com/en/rest/actions/workflow-runs
 * Quirk: a run has no end; the time of its last update stands for it once it is completed.
 */
import { CI_RUN_KEYS, ciRunMessage, isCiRun, readCiRun } from "../support/events/ci-run.ts";
import { objectFormat } from "../support/objects/object-format.ts";

export default objectFormat({
  id: "github-run",
  title: "GitHub Actions runs",
  version: 2,
  unit: "element",
  what: "runs of GitHub Actions",
  confidence: 0.97,
  keys: CI_RUN_KEYS,
  matches: isCiRun,
  message: ciRunMessage,
  read: readCiRun,
});
