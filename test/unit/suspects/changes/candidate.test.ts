// What became of a commit: deployed, carried along, switched on, or never in use.
import { describe, expect, it } from "vitest";
import { candidatesOf } from "../../../../src/main/engine/suspects/changes/candidate.ts";
import type { ChangeKind, ChangeSignal } from "../../../../src/main/engine/suspects/signals.ts";
import { micros } from "../../../../src/shared/units.ts";

const place = { sourceId: 1, offset: 0, record: "s1:0" };
const SHA_A = "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678";
const SHA_B = "b2c3d4e5f60718293a4b5c6d7e8f901234567890";

const change = (
  kind: ChangeKind,
  time: number,
  object: string,
  service: string | null,
  fields: ChangeSignal["fields"] = [],
): ChangeSignal => ({ kind, time: micros(time), service, object, message: `${kind} ${object}`, fields, place });

const commit = (time: number, sha: string, file: string, extra: ChangeSignal["fields"] = []): ChangeSignal =>
  change("commit", time, sha, null, [["sha", sha], ["files_changed", JSON.stringify([file])], ...extra]);
const deploy = (time: number, service: string, sha: string): ChangeSignal =>
  change("deploy", time, sha, service, [["commit_sha", sha]]);

const SERVICES = ["cartservice", "orderservice"];

describe("a commit", () => {
  it("takes effect with the deploy that names it, whole or abbreviated", () => {
    for (const sha of [SHA_A, SHA_A.slice(0, 7)]) {
      const [one] = candidatesOf([commit(100, SHA_A, "services/cart/a.go"), deploy(900, "cartservice", sha)], SERVICES);
      expect(one).toMatchObject({ object: SHA_A, time: 900, activation: "deployed", services: ["cartservice"] });
    }
  });

  it.each<[string, ChangeSignal["fields"]]>([
    ["the tag of an image", [["image", `registry.example/cart:git-${SHA_A.slice(0, 8)}`]]],
    ["a version as git describes it", [["version", `v2.4.0-12-g${SHA_A.slice(0, 7)}`]]],
    ["a sentence", [["description", `rolled out ${SHA_A.slice(0, 10)} to all pods`]]],
    [
      "a sentence, beside what was before",
      [
        ["description", `now ${SHA_A.slice(0, 10)}`],
        ["previous", SHA_B],
      ],
    ],
  ])("takes effect with the deploy that names it within %s", (_, fields) => {
    const changes = [
      commit(100, SHA_A, "services/cart/a.go"),
      commit(90, SHA_B, "services/cart/b.go"),
      change("deploy", 900, "release-77", "cartservice", fields),
    ];
    const one = candidatesOf(changes, SERVICES).find(({ object }) => object === SHA_A);
    expect(one).toMatchObject({ time: 900, activation: "deployed" });
  });

  it.each([
    ["speaks of several", `from ${SHA_B.slice(0, 8)} to ${SHA_A.slice(0, 8)}`],
    ["takes it back", `Revert: this reverts commit ${SHA_A}`],
    ["names an image by its digest", `sha256:${SHA_A}${SHA_A.slice(0, 24)}`],
  ])("is not deployed by a deploy that %s", (_, description) => {
    const changes = [
      commit(100, SHA_A, "services/cart/a.go"),
      commit(90, SHA_B, "services/cart/b.go"),
      change("deploy", 900, "release-77", "cartservice", [["description", description]]),
    ];
    const one = candidatesOf(changes, SERVICES).find(({ object }) => object === SHA_A);
    expect(one?.activation).not.toBe("deployed");
  });

  it("comes along with a later deploy of the service that it concerns", () => {
    const changes = [
      commit(100, SHA_A, "services/cart/a.go"),
      commit(200, SHA_B, "services/cart/b.go"),
      deploy(500, "orderservice", "ffffffffffff"),
      deploy(900, "cartservice", SHA_B),
    ];
    const one = candidatesOf(changes, SERVICES).find(({ object }) => object === SHA_A);
    expect(one).toMatchObject({ time: 900, activation: "carried", companions: 1 });
  });

  it("is not in use where no deploy brought it", () => {
    const changes = [commit(700, SHA_A, "services/cart/a.go"), deploy(500, "cartservice", SHA_B)];
    const one = candidatesOf(changes, SERVICES).find(({ object }) => object === SHA_A);
    expect(one).toMatchObject({ isUndeployed: true, activation: "written" });
  });

  it("is one candidate though it stands in two lists", () => {
    const changes = [
      change("commit", 100, SHA_A.slice(0, 12), null, [["message", "short"]]),
      commit(100, SHA_A, "services/cart/a.go", [["diff", "+x"]]),
    ];
    expect(candidatesOf(changes, SERVICES)).toHaveLength(1);
    expect(candidatesOf(changes, SERVICES)[0]).toMatchObject({ diff: "+x", files: ["services/cart/a.go"] });
  });

  it("belongs to a stranger when its path names a service that is not seen", () => {
    const [one] = candidatesOf([commit(100, SHA_A, "services/mailer/a.go")], SERVICES);
    expect(one).toMatchObject({ services: [], stranger: "mailer" });
  });

  it("of staging concerns nobody", () => {
    const [one] = candidatesOf([commit(100, SHA_A, "deploy/staging/tls.yaml")], SERVICES);
    expect(one?.isElsewhere).toBe(true);
  });
});

describe("a flag", () => {
  it("is the commit whose code it wakes, from then on", () => {
    const changes = [
      commit(100, SHA_A, "services/cart/a.go", [["diff", '+if on("cart-mode-v2") {']]),
      change("flag", 900, "cart_mode_v2", "cartservice"),
    ];
    const woken = candidatesOf(changes, SERVICES).find(({ kind }) => kind === "flag");
    expect(woken).toMatchObject({ object: SHA_A, time: 900, activation: "flag", services: ["cartservice"] });
  });

  it("is the one commit that speaks of it in other words", () => {
    const changes = [
      commit(100, SHA_A, "services/cart/a.go", [["message", "feat(cart): route reads to a replica"]]),
      commit(200, SHA_B, "services/cart/b.go", [["message", "fix(cart): trim names"]]),
      change("flag", 900, "cart_replica_routing", "cartservice"),
    ];
    const woken = candidatesOf(changes, SERVICES).find(({ kind }) => kind === "flag");
    expect(woken?.object).toBe(SHA_A);
  });

  it("stands for itself otherwise", () => {
    const [one] = candidatesOf([change("flag", 900, "new_banner", "cartservice")], SERVICES);
    expect(one).toMatchObject({ object: "new_banner", activation: "flag" });
  });
});

it("finds its way through a long history", () => {
  const sha = (at: number): string => at.toString(16).padStart(8, "0").padEnd(40, "7");
  const commits = Array.from({ length: 20_000 }, (_, at) => commit(at, sha(at), `services/cart/${at}.go`));
  const deploys = Array.from({ length: 400 }, (_, at) => deploy(at * 50 + 25, "cartservice", sha(at * 50)));
  expect(candidatesOf([...commits, ...deploys], SERVICES)).toHaveLength(20_000);
});
