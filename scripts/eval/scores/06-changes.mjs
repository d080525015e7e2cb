// The first suspect of incidents whose cause is known to be a commit, or no change at all: exact commit or correct
// abstention, and how often a decoy came first instead.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../setup/paths.mjs";

const run = promisify(execFile);
const node = join(root, "node_modules", ".bin", "node");
const cli = process.env.FAULTLINE_CLI ?? join(root, "out", "main", "cli.js");

export const title = "Suspects: the change that did it, or none";

/** @param {string} data @param {(text: string) => void} print */
export async function score(data, print) {
  const folder = join(data, "incidents", "bundles");
  const file = join(folder, "truth.jsonl");
  if (!existsSync(file)) {
    print("  no incidents with known commits in this data\n");
    return true;
  }
  const truths = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));
  let right = 0;
  let decoys = 0;
  let firstServices = 0;
  for (const truth of truths) {
    const verdict = await verdictOf(join(folder, truth.bundle));
    const { outcome, isDecoy } = judge(verdict, truth.root_cause_commit);
    if (outcome === "right") right += 1;
    if (isDecoy) decoys += 1;
    if (verdict.onsetDetail?.service === truth.first_failing_service) firstServices += 1;
    const [first] = verdict.suspects;
    const shown = verdict.abstained
      ? "abstained"
      : `${first.object.slice(0, 12)} ${Math.round(first.confidence * 100)} %`;
    print(`  ${truth.scenario.padEnd(42)} ${outcome.padEnd(6)} ${shown}\n`);
  }
  print(
    `  exact commit or correct abstention: ${right} of ${truths.length}; decoys first: ${decoys}; first failing service: ${firstServices} of ${truths.length}\n`,
  );
  return true;
}

/** @param {any} verdict @param {string} culprit a sha, or "none" */
function judge({ abstained, suspects }, culprit) {
  const [first] = suspects;
  if (abstained) return { outcome: culprit === "none" ? "right" : "wrong", isDecoy: false };
  const isRight = first?.kind === "change" && first.object === culprit;
  return { outcome: isRight ? "right" : "wrong", isDecoy: !isRight };
}

async function verdictOf(path) {
  const { stdout } = await run(node, [cli, "suspects", path, "--json"], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout);
}
