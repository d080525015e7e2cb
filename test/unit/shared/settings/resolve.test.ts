import fc from "../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, settingsSchema } from "../../../../src/shared/settings.ts";
import { SETTINGS, settingAt } from "../../../../src/shared/settings/catalogue.ts";
import { changedFileText } from "../../../../src/shared/settings/file.ts";
import { resolveSettings, settingIn, type ResolvedSettings } from "../../../../src/shared/settings/resolve.ts";

interface Given {
  /** An object is written as JSON. */
  readonly file?: string | object | null;
  readonly environment?: Readonly<Record<string, string>>;
  readonly switches?: readonly string[];
}

function resolve({ file = null, environment = {}, switches = [] }: Given): ResolvedSettings {
  const text = typeof file === "string" || file === null ? file : JSON.stringify(file);
  return resolveSettings({ file: { path: "/data/settings.json", text }, environment, commandLine: switches });
}

describe("the layers of settings", () => {
  it("are the defaults where nobody says anything", () => {
    const resolved = resolve({});
    expect(resolved).toMatchObject({ values: DEFAULT_SETTINGS, inFile: {}, problems: [] });
    expect(Object.keys(resolved.origins)).toStrictEqual(SETTINGS.map(({ path }) => path));
    expect(new Set(Object.values(resolved.origins).map(({ source }) => source))).toStrictEqual(new Set(["default"]));
  });

  it("lie over each other: default, file, environment, command line", () => {
    const file = { retry: { maxAttempts: 4, baseMs: 10, capMs: 20 } };
    const environment = { RETRY_BASE_MS: "11", RETRY_CAP_MS: "22" };
    const { values, origins, inFile, problems } = resolve({ file, environment, switches: ["retry.capMs=33"] });
    expect(values.retry).toStrictEqual({ maxAttempts: 4, baseMs: 11, capMs: 33, jitterPercent: 20 });
    expect(inFile).toStrictEqual({ "retry.maxAttempts": 4, "retry.baseMs": 10, "retry.capMs": 20 });
    expect(problems).toStrictEqual([]);
    expect([origins["retry.maxAttempts"], origins["retry.baseMs"], origins["retry.capMs"]]).toStrictEqual([
      { source: "file", detail: "/data/settings.json" },
      { source: "environment", detail: "RETRY_BASE_MS" },
      { source: "command line", detail: "--set retry.capMs=33" },
    ]);
    expect(origins["retry.jitterPercent"]).toStrictEqual({ source: "default", detail: "" });
  });

  it("obey every variable that is promised, by its exact name", () => {
    const environment = {
      CONNECTOR_HEALTH_P95_MS: "1500",
      CONNECTOR_HEALTH_ERROR_RATE: ".25",
      RETRY_MAX_ATTEMPTS: "5",
      RETRY_BASE_MS: "100",
      RETRY_CAP_MS: "1e4",
      RETRY_JITTER_PCT: "0",
      CB_FAILURES_TO_OPEN: "7",
      CB_COOLDOWN_S: "12.5",
      CB_HALF_OPEN_PROB: "1",
      OAUTH_REFRESH_SAFETY_WINDOW_S: " 60 ",
    };
    const { values, origins, problems } = resolve({ environment });
    expect(values).toMatchObject({
      health: { p95Ms: 1_500, errorRate: 0.25 },
      retry: { maxAttempts: 5, baseMs: 100, capMs: 10_000, jitterPercent: 0 },
      breaker: { failuresToOpen: 7, cooldownSeconds: 12.5, halfOpenProbability: 1 },
      oauth: { refreshSafetySeconds: 60 },
    });
    const named = Object.values(origins).filter(({ source }) => source === "environment");
    expect(new Set(named.map(({ detail }) => detail))).toStrictEqual(new Set(Object.keys(environment)));
    expect(problems).toStrictEqual([]);
  });

  it("take a variable that is set to nothing for one that is not set", () => {
    expect(resolve({ environment: { RETRY_BASE_MS: " " } })).toMatchObject({ values: DEFAULT_SETTINGS, problems: [] });
  });

  it("read lists and zones of the command line, the last of a key counting", () => {
    const switches = ["detection.slowTraceMs=1,2,3", "detection.slowTraceMs=[10, 20, 30]", "assumedZone=Europe/Berlin"];
    const { values, problems } = resolve({ switches });
    expect(values.detection.slowTraceMs).toStrictEqual([10, 20, 30]);
    expect(values.assumedZone).toBe("Europe/Berlin");
    expect(problems).toStrictEqual([]);
  });
});

describe("a value that is refused", () => {
  it("falls back to the layer below, with its name, its source and its range", () => {
    const { values, origins, problems } = resolve({
      file: { retry: { maxAttempts: 4 } },
      environment: { RETRY_MAX_ATTEMPTS: "99" },
      switches: ["retry.maxAttempts=many"],
    });
    expect(values.retry.maxAttempts).toBe(4);
    expect(origins["retry.maxAttempts"]?.source).toBe("file");
    expect(problems).toStrictEqual([
      "RETRY_MAX_ATTEMPTS is 99 in the environment (retry.maxAttempts); it must be a whole number from 1 to 10. " +
        "4 is used instead (from /data/settings.json).",
      'retry.maxAttempts is "many" on the command line; it must be a whole number from 1 to 10. ' +
        "4 is used instead (from /data/settings.json).",
    ]);
  });

  it.each([
    ["of the wrong type", { retry: { maxAttempts: "4" } }, "retry.maxAttempts"],
    ["no whole number", { retry: { maxAttempts: 2.5 } }, "retry.maxAttempts"],
    ["null", { retry: { maxAttempts: null } }, "retry.maxAttempts"],
    ["below its range", { detection: { burstGapSeconds: 0 } }, "detection.burstGapSeconds"],
    ["a list that is too short", { detection: { slowTraceMs: [1, 2] } }, "detection.slowTraceMs"],
    ["a list that falls", { detection: { slowTraceMs: [3, 2, 1] } }, "detection.slowTraceMs"],
    ["no zone", { assumedZone: "Middle/Earth" }, "assumedZone"],
    ["a timeout that is no number", { timeouts: { read: "long" } }, "timeouts.read"],
  ])("may be %s", (_, file, path) => {
    const { values, origins, inFile, problems } = resolve({ file });
    expect(values).toStrictEqual(DEFAULT_SETTINGS);
    expect([origins[path]?.source, inFile]).toStrictEqual(["default", {}]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${path} is `);
    expect(problems[0]).toContain("/data/settings.json");
    expect(problems[0]).toContain("(the default)");
  });

  it("is not repeated in full where it is long", () => {
    const [problem = ""] = resolve({ file: { assumedZone: "x".repeat(100_000) } }).problems;
    expect(problem.length).toBeLessThan(300);
  });

  it.each([
    [1, 50],
    [1e9, 600_000],
  ])("is the nearest one within for a timeout: %d becomes %d ms", (given, taken) => {
    const { values, inFile, problems } = resolve({ file: { timeouts: { http: given } } });
    expect([values.timeouts.http, inFile["timeouts.http"]]).toStrictEqual([taken, taken]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("must be a number from 50 to 600,000 ms, so it is taken as");
  });
});

describe("a settings file", () => {
  it("with a typo says which name was meant, and all else in it counts", () => {
    const { values, problems } = resolve({
      file: { retry: { maxAttemps: 4, baseMs: 10 }, detections: { burstGapSeconds: 5 } },
    });
    expect(values.retry).toMatchObject({ maxAttempts: 3, baseMs: 10 });
    expect(problems).toStrictEqual([
      '/data/settings.json has "retry.maxAttemps", which is no setting; did you mean "retry.maxAttempts"?',
      '/data/settings.json has "detections", which is no setting; did you mean "detection"?',
    ]);
  });

  it.each([
    ["half a file", '{"retry": {"maxAtt'],
    ["prose", "retry.maxAttempts = 4"],
    ["a list", "[1]"],
    ["a number", "7"],
    ["null", "null"],
  ])("that is %s counts for nothing and says so once", (_, file) => {
    const { values, problems } = resolve({ file });
    expect(values).toStrictEqual(DEFAULT_SETTINGS);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^\/data\/settings\.json is no.* none of its settings count/u);
  });

  it.each([
    ["empty", ""],
    ["blank", " \n"],
    ["an empty object behind a byte order mark", "\uFEFF{}"],
  ])("that is %s is none", (_, file) => {
    expect(resolve({ file })).toMatchObject({ values: DEFAULT_SETTINGS, problems: [] });
  });

  it("with a value in place of a group says so", () => {
    expect(resolve({ file: { retry: 3 } }).problems).toStrictEqual([
      '/data/settings.json has a value for "retry", which is a group of settings: write {…} there.',
    ]);
  });

  it("does not reach into objects that are not its own", () => {
    const { values, problems } = resolve({ file: '{"__proto__": {"assumedZone": "Europe/Berlin"}, "constructor": 1}' });
    expect(values).toStrictEqual(DEFAULT_SETTINGS);
    expect(problems).toHaveLength(2);
  });

  it("with thousands of mistakes complains of some and counts the rest", () => {
    const file = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`wrong${index}`, 1]));
    const { problems } = resolve({ file });
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe("/data/settings.json has 4980 more such mistakes.");
  });
});

describe("--set", () => {
  it.each([
    ["retry.maxAttempts", "--set retry.maxAttempts says no value; write it as --set key=value."],
    ["maxAttempts=4", '--set maxAttempts=4: there is no setting "maxAttempts"; did you mean "retry.maxAttempts"?'],
    ["=4", '--set =4: there is no setting "".'],
    ["colour=red", '--set colour=red: there is no setting "colour".'],
  ])("%s is refused by a sentence", (written, sentence) => {
    expect(resolve({ switches: [written] })).toMatchObject({ values: DEFAULT_SETTINGS, problems: [sentence] });
  });
});

describe("whatever anybody writes", () => {
  const path = fc.constantFrom("retry", ...SETTINGS.map((setting) => setting.path), "__proto__.x", "retry.constructor");
  const tree = fc.dictionary(fc.constantFrom("retry", "detection", "assumedZone", "toString"), fc.jsonValue());
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    tree.map((value) => JSON.stringify(value)),
  );

  it("gives valid settings, and a sentence for all that does not count", () => {
    const anything = fc.record({
      file: fc.option(text),
      environment: fc.dictionary(fc.constantFrom("RETRY_BASE_MS", "CB_HALF_OPEN_PROB"), fc.string()),
      switches: fc.array(
        fc.oneof(
          fc.string(),
          fc.tuple(path, fc.string()).map((parts) => parts.join("=")),
        ),
      ),
    });
    fc.assert(
      fc.property(anything, (given) => {
        const { values, origins, problems } = resolve(given);
        expect(settingsSchema.parse(values)).toStrictEqual(values);
        const untouched = SETTINGS.filter((setting) => origins[setting.path]?.source === "default");
        expect(untouched.map((setting) => settingIn(values, setting))).toStrictEqual(
          untouched.map((setting) => setting.default),
        );
        expect(problems.every((problem) => /\.$|\?$/u.test(problem))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("stays in the file when one value of it is changed, and the change counts", () => {
    const setting = settingAt("retry.maxAttempts");
    if (setting === undefined) throw new Error("no such setting");
    fc.assert(
      fc.property(tree, fc.integer({ min: 1, max: 10 }), (before, value) => {
        const after = JSON.parse(changedFileText(JSON.stringify(before), setting, value)) as Record<string, unknown>;
        const { retry: _, ...others } = before;
        expect(after).toMatchObject(JSON.parse(JSON.stringify(others)) as object);
        expect(resolve({ file: after }).values.retry.maxAttempts).toBe(value);
      }),
      { numRuns: 300 },
    );
  });
});
