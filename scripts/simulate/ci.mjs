/** What the pipelines said: a JUnit report and a list of GitHub Actions runs. All of it green where it mattered, as so often. */
import { isoSeconds } from "./clock.mjs";

/** https://docs.github.com/en/rest/actions/workflow-runs @param {import('./random.mjs').Random} random @param {import('./changes.mjs').Changes} changes */
export function githubRuns(random, changes) {
  const red = random.int(2, changes.commits.length - 4);
  const runs = changes.commits.map((commit, i) => {
    const seconds = random.int(140, 420);
    const failed = i === red && commit !== changes.guilty.commit;
    const id = 9_100_000_000 + i * 1733 + random.int(0, 900);
    return {
      id,
      name: "build",
      head_branch: "main",
      head_sha: commit.sha,
      path: ".github/workflows/build.yml",
      display_title: commit.message,
      run_number: 4200 + i,
      event: "push",
      status: "completed",
      conclusion: failed ? "failure" : "success",
      workflow_id: 77120,
      run_attempt: 1,
      actor: { login: commit.author.replace(".", "-"), type: "User" },
      created_at: isoSeconds(commit.t + 4000),
      run_started_at: isoSeconds(commit.t + 9000),
      updated_at: isoSeconds(commit.t + 9000 + seconds * 1000),
      html_url: `https://git.northwind.example/shop/actions/runs/${id}`,
    };
  });
  return { total_count: runs.length, workflow_runs: runs.toReversed() };
}

/** https://github.com/testmoapp/junitxml @param {import('./random.mjs').Random} random @param {import('./topology.mjs').Topology} topology @param {import('./changes.mjs').Changes} changes */
export function junit(random, topology, changes) {
  const owners = topology.services.filter((s) => s.role === "middle").slice(0, 6);
  const last = changes.deploys.at(-1);
  const flaky = random.int(0, owners.length - 1);
  let tests = 0;
  let time = 0;
  const suites = owners.map((service, i) => {
    const base = service.name.replace(/-service$/, "");
    const names = [
      "accepts a valid request",
      "rejects an unknown region",
      "keeps its order",
      "retries once",
      "reports its version",
      "survives an empty page",
    ];
    const cases = names.map((name, n) => {
      const seconds = random.between(0.004, 1.2);
      time += seconds;
      tests++;
      const head = `    <testcase name="${name}" classname="${base}.handler" time="${seconds.toFixed(3)}"`;
      if (i === flaky && n === 3) {
        return `${head}>\n      <failure message="expected 2 attempts, saw 3" type="AssertionError">AssertionError: expected 2 attempts, saw 3\n    at services/${base}/test/retry_test:41\n    clock skew on the runner? passed on the next attempt</failure>\n    </testcase>`;
      }
      return n === 5 && i % 2 === 0
        ? `${head}>\n      <skipped message="needs a store"/>\n    </testcase>`
        : `${head}/>`;
    });
    return `  <testsuite name="${base}" tests="${names.length}" failures="${i === flaky ? 1 : 0}" errors="0" skipped="${i % 2 === 0 ? 1 : 0}" timestamp="${isoSeconds(last.t - 420_000).slice(0, 19)}" hostname="runner-${random.int(1, 9)}">\n${cases.join("\n")}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="build" tests="${tests}" failures="1" time="${time.toFixed(3)}">\n${suites.join("\n")}\n</testsuites>\n`;
}
