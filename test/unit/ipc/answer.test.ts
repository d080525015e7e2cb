import { describe, expect, it } from "vitest";
import { answerCall, type Handlers } from "../../../src/main/ipc/answer.ts";
import { FailureError } from "../../../src/shared/failure.ts";

/** Of the calls that a test asks. */
const handlers = (some: Partial<Handlers>): Handlers => some as Handlers;

describe("answerCall", () => {
  it.each([
    ["nothing"],
    ["__proto__"],
    ["toString"],
    [""],
    [null],
    [undefined],
    [7],
    [["case.info"]],
    [Object.create(null)],
  ])("refuses the name %j", async (name) => {
    const answer = await answerCall(handlers({}), name, undefined);
    expect(answer).toMatchObject({ ok: false, failure: { reason: "unknown-call" } });
  });

  it("does not ask the handler about what its schema refuses", async () => {
    let asked = 0;
    const counting = handlers({
      "case.open": () => {
        asked += 1;
        throw new Error("not to be asked");
      },
    });
    for (const input of [
      undefined,
      null,
      7,
      "x",
      [],
      {},
      { file: 7 },
      { file: "" },
      { file: "a\0b" },
      { file: Number.NaN },
    ]) {
      const answer = await answerCall(counting, "case.open", input);
      expect(answer).toMatchObject({ ok: false, failure: { reason: "invalid-input" } });
    }
    expect(asked).toBe(0);
  });

  it("tells a failure as it is, and a bug as one", async () => {
    const failing = handlers({
      "case.close": () => Promise.reject(new FailureError("no-case", "No case is open.")),
      "case.info": () => Promise.reject(new Error("a bug")),
    });
    expect(await answerCall(failing, "case.close", null)).toEqual({
      ok: false,
      failure: { reason: "no-case", message: "No case is open." },
    });
    expect(await answerCall(failing, "case.info", null)).toMatchObject({ failure: { reason: "internal" } });
  });

  it("lets no answer through that is not the contract's", async () => {
    const wrong = handlers({ "case.info": () => ({ title: 7 }) as never });
    expect(await answerCall(wrong, "case.info", null)).toMatchObject({
      ok: false,
      failure: { reason: "internal", message: expect.stringContaining("case.info answered wrongly") },
    });
  });

  it("does not send back a sentence as long as what was sent", async () => {
    const quoting = handlers({
      "app.forget": ({ file }) => Promise.reject(new FailureError("not-found", `There is no ${file}.`)),
    });
    const answer = await answerCall(quoting, "app.forget", { file: "x".repeat(1_000_000) });
    expect(answer.ok ? null : answer.failure.message.length).toBe(2_001);
    expect(JSON.stringify(await answerCall(quoting, "y".repeat(1_000_000), null)).length).toBeLessThan(3_000);
  });
});
