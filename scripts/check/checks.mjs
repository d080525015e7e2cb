// Every check of the project, in the order in which a mistake is cheapest to find.
import { join } from "node:path";
import { nodeModules } from "../setup/paths.mjs";
import { countPlaywright, countVitest } from "./reports.mjs";

/**
 * @typedef {object} Check
 * @property {string} name as in `npm test -- NAME`
 * @property {readonly (readonly string[])[]} commands scripts with their arguments, run by Node one after the other
 * @property {typeof countVitest} [count] reads the JSON report; a check without it counts as one
 * @property {string} [reportEnv] the variable that tells the runner where to write its report
 * @property {boolean} [needsDisplay]
 */

const bin = (...path) => join(nodeModules, ...path);
const vitest = (project) => [
  bin("vitest", "vitest.mjs"),
  "run",
  `--project=${project}`,
  "--reporter=default",
  "--reporter=json",
];

/** @type {readonly Check[]} */
export const checks = [
  { name: "format", commands: [[bin("oxfmt", "bin", "oxfmt"), "--check"]] },
  { name: "lint", commands: [[bin("oxlint", "bin", "oxlint"), "--type-aware", "--deny-warnings"]] },
  { name: "types", commands: [[bin("typescript", "bin", "tsc"), "-b"]] },
  { name: "build", commands: [["scripts/build.mjs"]] },
  { name: "unit", commands: [vitest("unit")], count: countVitest },
  {
    // Every branch of the resilience layer is taken by a test of its own.
    name: "coverage",
    commands: [
      [
        bin("vitest", "vitest.mjs"),
        "run",
        "--project=unit",
        "test/unit/resilience",
        "--coverage.enabled",
        "--coverage.provider=v8",
        "--coverage.include=src/main/engine/resilience/**",
        "--coverage.thresholds.branches=100",
        "--coverage.reporter=text",
      ],
    ],
  },
  { name: "integration", commands: [vitest("integration")], count: countVitest },
  {
    name: "e2e",
    commands: [[bin("@playwright", "test", "cli.js"), "test", "--reporter=list,json"]],
    count: countPlaywright,
    reportEnv: "PLAYWRIGHT_JSON_OUTPUT_FILE",
    needsDisplay: true,
  },
];
