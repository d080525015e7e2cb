/** Commits, deploys and flags around an incident: the one that did it (if a change did) among those that did not. */
import { gitDate, isoSeconds } from "./clock.mjs";
import { PEOPLE } from "./names.mjs";

/**
 * @typedef {import('./topology.mjs').Service} Service
 * @typedef {{ sha: string, author: string, t: number, message: string, files: string[], diff: string | null, service: string }} Commit
 * @typedef {{ t: number, service: Service, sha: string, version: string }} Deploy
 * @typedef {{ t: number, flag: string, service: string, change: string, actor: string }} Flag
 * @typedef {{ commits: Commit[], deploys: Deploy[], flags: Flag[], guilty: { commit: Commit | null, deploy: Deploy | null, flag: Flag | null },
 *   decoys: { commits: string[], deploys: string[], flags: string[] } }} Changes
 */

const MINUTE = 60_000;
const base = (/** @type {string} */ name) => name.replace(/-service$/, "");
const extension = { go: "go", java: "java", python: "py", node: "ts" };

/** message, file, diff; `%` is the service. */
const EVERYDAY = /** @type {const} */ ([
  ["docs: describe the % retry budget", "docs/%/retries.md", null],
  ["test: cover the empty % case", "services/%/test/empty_case", null],
  [
    "chore: bump tracing library to 2.4.0",
    "services/%/dependencies.lock",
    "@@ -14 +14 @@\n-tracing 2.3.8\n+tracing 2.4.0",
  ],
  [
    "refactor(%): extract request validation",
    "services/%/src/validation",
    "@@ -31,9 +31,4 @@\n-  if (input.id == null) return reject(400)\n-  if (input.region == null) return reject(400)\n+  const problem = validate(input)\n+  if (problem) return reject(400, problem)",
  ],
  [
    "feat(%): add a histogram of page sizes",
    "services/%/src/metrics",
    '@@ -8 +8,2 @@\n+pageSize = histogram("page_size")',
  ],
  [
    "fix(%): log the region with every rejection",
    "services/%/src/rejections",
    '@@ -22 +22 @@\n-log.warn("rejected")\n+log.warn("rejected", region)',
  ],
  ["style: apply the formatter to %", "services/%/src", null],
  ["ci: cache dependencies of %", ".github/workflows/%.yml", null],
  ["perf(%): read candidates in pages of 200", "services/%/src/candidates", "@@ -40 +40 @@\n-PAGE = 500\n+PAGE = 200"],
  [
    "chore(%): raise the log sampling of health checks",
    "deploy/%/values.yaml",
    "@@ -19 +19 @@\n-healthSampling: 0.01\n+healthSampling: 0.05",
  ],
]);

/** @type {Record<string, (service: Service, edge: import('./topology.mjs').Edge | null) => [message: string, file: string, diff: string]>} */
const GUILTY = {
  "bad-deploy": (s) => [
    `feat(${base(s.name)}): apply regional limits to every ${s.noun}`,
    `services/${base(s.name)}/src/limits.${extension[/** @type {'go'} */ (s.language)] ?? "go"}`,
    "@@ -52,4 +52,3 @@\n-  policy = policies.find(region) or DEFAULT_POLICY\n-  return policy.limits(region)\n+  policy = policies.find(region)\n+  return policy.limits(region)",
  ],
  config: (s) => [
    `chore(${base(s.name)}): right-size connection pool for the new nodes`,
    `deploy/${base(s.name)}/values.yaml`,
    "@@ -27,5 +27,5 @@\n database:\n-  poolSize: 40\n-  acquireTimeoutMs: 5000\n+  poolSize: 4\n+  acquireTimeoutMs: 900",
  ],
  "slow-query": (s, edge) => [
    `feat(${base(s.name)}): look ${s.noun}s up by external reference`,
    `services/${base(s.name)}/migrations/0047_external_ref.sql`,
    `@@ -0,0 +1,3 @@\n+ALTER TABLE order_lines ADD COLUMN external_ref text;\n+-- ${edge?.to.name}: lookups use lower(external_ref), index to follow\n+DROP INDEX order_lines_tenant_ref_idx;`,
  ],
};
const CONCERN = [
  "new-empty-state",
  "async-export",
  "compact-header",
  "batch-writes",
  "rounded-totals",
  "faster-refresh",
];

/** @param {import('./random.mjs').Random} random @param {import('./topology.mjs').Topology} topology @param {import('./cause.mjs').Cause} cause @returns {Changes} */
export function planChanges(random, topology, cause) {
  const { start, end, onset, kind, service, changeAt } = cause;
  const owners = topology.services.filter((s) => s.role !== "store");
  const innocent = owners.filter((s) => s !== service);
  const length = end - start;

  /** @type {Commit[]} */
  const commits = [];
  const commit = (
    /** @type {number} */ t,
    /** @type {Service} */ owner,
    /** @type {readonly [string, string, string | null]} */ [message, file, diff],
  ) => {
    const made = {
      sha: random.hex(40),
      author: random.pick(PEOPLE),
      t: Math.round(t / 1000) * 1000,
      service: owner.name,
      diff,
      message: message.replaceAll("%", base(owner.name)),
      files: [file.replaceAll("%", base(owner.name))],
    };
    commits.push(made);
    return made;
  };
  const count = Math.max(14, Math.min(80, Math.round(length / MINUTE / 4)));
  for (let i = 0; i < count; i++)
    commit(
      start - 150 * MINUTE + ((i + random.unit()) / count) * (onset - start + 155 * MINUTE),
      random.pick(owners),
      random.pick(EVERYDAY),
    );

  /** @type {Deploy[]} */
  const deploys = [];
  const deploy = (/** @type {number} */ t, /** @type {Service} */ owner, /** @type {Commit} */ of) => {
    const made = { t: Math.round(t / 1000) * 1000, service: owner, sha: of.sha, version: owner.nextVersion };
    if (deploys.every((d) => d.service !== owner)) owner.deployedAt = made.t;
    deploys.push(made);
    return made;
  };
  // Innocent deploys: one long before, one just before the onset, one between onset and alert.
  const [early, near, late] = [0, 1, 2].map((i) => random.shuffle(innocent)[i % innocent.length]);
  for (const [t, owner] of /** @type {[number, Service][]} */ ([
    [start + length * 0.18, early],
    [onset - Math.min(4.5 * MINUTE, length * 0.06), near],
    [onset + Math.min(2 * MINUTE, length * 0.03), late],
  ])) {
    deploy(t, owner, commit(t - random.between(6, 25) * MINUTE, owner, random.pick(EVERYDAY)));
  }

  /** @type {Flag[]} */
  const flags = [];
  const flag = (
    /** @type {number} */ t,
    /** @type {Service} */ owner,
    /** @type {string} */ concern,
    /** @type {string} */ change,
  ) => {
    const made = {
      t: Math.round(t / 1000) * 1000,
      flag: `${base(owner.name)}.${concern}`,
      service: owner.name,
      change,
      actor: random.pick(PEOPLE),
    };
    flags.push(made);
    return made;
  };
  flag(start + length * 0.1, random.pick(innocent), random.pick(CONCERN), "on->off");
  flag(start + length * 0.33, random.pick(innocent), random.pick(CONCERN), "off->on");
  flag(onset - Math.min(2.5 * MINUTE, length * 0.04), random.pick(innocent), random.pick(CONCERN), "off->on");

  /** @type {Changes['guilty']} */
  const guilty = { commit: null, deploy: null, flag: null };
  if (service !== null && GUILTY[kind] !== undefined) {
    guilty.commit = commit(changeAt - random.between(8, 22) * MINUTE, service, GUILTY[kind](service, cause.edge));
    guilty.deploy = deploy(changeAt, service, guilty.commit);
    service.deployedAt = guilty.deploy.t;
  }
  if (service !== null && kind === "flag") guilty.flag = flag(changeAt, service, "mode-v2", "off->on");

  for (const list of [commits, deploys, flags]) list.sort((a, b) => a.t - b.t);
  return {
    commits,
    deploys,
    flags,
    guilty,
    decoys: {
      commits: commits.filter((c) => c !== guilty.commit && c.t > start - 30 * MINUTE).map((c) => c.sha),
      deploys: deploys.filter((d) => d !== guilty.deploy).map((d) => `${d.service.name}@${d.version}`),
      flags: flags.filter((f) => f !== guilty.flag).map((f) => f.flag),
    },
  };
}

/** @param {Changes} changes */
export const commitsJson = ({ commits }) =>
  commits.map(({ sha, author, t, message, files, diff }) => ({
    sha,
    author,
    timestamp: isoSeconds(t),
    message,
    files_changed: files,
    diff,
  }));

/** @param {Changes} changes */
export const deploysJson = ({ deploys }) =>
  deploys.map(({ t, service, sha, version }) => ({
    timestamp: isoSeconds(t),
    service: service.name,
    commit_sha: sha,
    version: `v${version}`,
  }));

/** @param {Changes} changes */
export const flagsJson = ({ flags }) => flags.map(({ t, ...rest }) => ({ timestamp: isoSeconds(t), ...rest }));

/** As `git log` prints it, newest first. @param {Changes} changes */
export const gitLog = ({ commits }) =>
  commits
    .toReversed()
    .map(
      ({ sha, author, t, message, files }) =>
        `commit ${sha}\nAuthor: ${author
          .split(".")
          .map((n) => n[0].toUpperCase() + n.slice(1))
          .join(
            " ",
          )} <${author}@northwind.example>\nDate:   ${gitDate(t)}\n\n    ${message}\n    \n    Touches ${files.join(", ")}\n`,
    )
    .join("\n");
