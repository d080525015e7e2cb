// Whether a change can alter what a system does, from its diff, its paths, and its message where there is no diff.
import { describe, expect, it } from "vitest";
import { behaviourOf } from "../../../../src/main/engine/suspects/changes/behaviour.ts";

const of = (diff: string | null, files: readonly string[] = ["services/cart/cart.go"], message = "change cart") =>
  behaviourOf(message, files, diff);

describe("a change that alters nothing", () => {
  it.each([
    ["documentation", "-old words\n+new words", ["docs/cart.md"]],
    ["tests", "-expect(1)\n+expect(2)", ["services/cart/cart_test.go"]],
    ["comments", "-// takes a cart\n+// takes the cart", undefined],
    ["spacing", "-mail:   smtp.example.org\n+mail: smtp.example.org", ["deploy/mail.yaml"]],
    ["imports", '-import "a"\n-import "b"\n+import "b"\n+import "a"', undefined],
    ["lines in another place", "-a := 1\n b := 2\n+a := 1", undefined],
    [
      "names within the code",
      "-\tc := r.Context()\n-\treturn fetch(c, q)\n+\tctx := r.Context()\n+\treturn fetch(ctx, q)",
      undefined,
    ],
    [
      "a function in another place",
      "-func total(a int) int {\n-\treturn a\n }\n+func total(a int) int {\n+\treturn a",
      undefined,
    ],
    ["a patch release of a library", "-\texample.org/db v1.4.0\n+\texample.org/db v1.4.1", ["go.mod", "go.sum"]],
    ["logs", '-log.Printf("took %s", d)\n+log.Printf("took %d ms", d)', undefined],
  ])("%s", (_, diff, files) => {
    expect(of(diff, files).logOdds).toBeLessThanOrEqual(-1.5);
  });

  it("puts lines behind a helper", () => {
    const diff =
      "-\tvar req Req\n-\tif err := dec.Decode(&req); err != nil {\n-\t\treturn err\n-\t}\n+\treq, err := decodeReq(r)\n+\tif err != nil {\n+\t\treturn err\n+\t}";
    expect(of(diff).logOdds).toBeLessThan(0);
  });
});

describe("a text for people", () => {
  it.each([
    ["an answer", '-\twrite(w, "unauthorized")\n+\twrite(w, "token was rejected")', true],
    ["a query", '-\tq := "select total from orders"\n+\tq := "select total, tax from orders"', false],
    ["a name", '-\tfield("title")\n+\tfield("name")', false],
  ])("breaks less than a name that is read by a machine: %s", (_, diff, isForPeople) => {
    expect(of(diff).logOdds < 0).toBe(isForPeople);
  });
});

describe("a change that can break things", () => {
  it("tells the numbers that it changes", () => {
    const { logOdds, values, what } = of("-const maxConns = 50\n+const maxConns = 10");
    expect(logOdds).toBeGreaterThan(1);
    expect(values).toEqual([{ before: 50, after: 10, line: "const maxConns = 10" }]);
    expect(what).toContain("50 → 10");
  });

  it.each([
    ["a setting", " logging:\n-  level: info\n+  level: debug", ["deploy/cart/config.yaml"]],
    ["a name that others read", '-\t"title": field("text"),\n+\t"name": field("text"),', undefined],
    ["a condition", "-\tif exp.Add(leeway).Before(now) {\n+\tif exp.Before(now) {", undefined],
    ["a guard that is gone", "-\tdefer rows.Close()\n \tfor rows.Next() {", undefined],
    [
      "a call that is moved into a lock",
      "-\tlevels := supplier.Fetch(ctx)\n \ts.mu.Lock()\n+\tlevels := supplier.Fetch(ctx)",
      undefined,
    ],
    ["a message that is acknowledged before", "+\tmsg.Ack()\n \tstore(order)\n-\tmsg.Ack()", undefined],
    ["work for each item", "+\tfor _, item := range items {\n+\t\timage := s.db.Query(ctx, item.ID)", undefined],
  ])("%s", (_, diff, files) => {
    expect(of(diff, files).logOdds).toBeGreaterThan(0.3);
  });
});

describe("a change without a diff", () => {
  it("is judged by what it says, and less", () => {
    const tidy = of(null, ["services/cart/a.go"], "refactor: tidy imports").logOdds;
    const tune = of(null, ["services/cart/a.go"], "chore: lower the timeout").logOdds;
    expect(tidy).toBeLessThan(tune);
    expect(tune).toBeLessThan(1);
  });
});

it("takes a diff of a hundred thousand lines in its stride", () => {
  const lines = Array.from({ length: 100_000 }, (_, at) => `${at % 2 === 0 ? "-" : "+"}line ${at}`);
  expect(of(lines.join("\n")).what).not.toBe("");
});
