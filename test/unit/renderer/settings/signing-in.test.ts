import { describe, expect, it } from "vitest";
import { emptyForm, isOpenToAll, readSignInForm } from "../../../../src/renderer/settings/signing-in.ts";

const client = { tokenUrl: " https://login.example/token ", clientId: "faultline", scope: "" };

describe("the form of a sign-in", () => {
  it("asks for the origin of whatever address was written", () => {
    const form = { ...emptyForm(" https://Metrics.example:443/graph?g0=up "), token: " abc " };
    expect(readSignInForm(form)).toEqual({
      ok: true,
      name: "prometheus:https://metrics.example",
      request: { method: "bearer", token: "abc" },
    });
  });

  it("takes a refresh token of a public client without a secret", () => {
    const form = { ...emptyForm("http://h"), ...client, method: "refresh-token" as const, token: "r" };
    expect(readSignInForm(form)).toMatchObject({
      request: {
        method: "refresh-token",
        tokenUrl: "https://login.example/token",
        clientSecret: null,
        refreshToken: "r",
      },
    });
  });

  it.each([
    ["nothing", emptyForm(""), ["server", "token"]],
    ["no HTTP", { ...emptyForm("ftp://h"), token: "t" }, ["server"]],
    ["no secret", { ...emptyForm("http://h"), ...client, method: "client-credentials" as const }, ["clientSecret"]],
    ["no endpoint", { ...emptyForm("http://h"), method: "refresh-token" as const }, ["token", "tokenUrl", "clientId"]],
  ])("with %s says which fields are wrong", (_, form, wrong) => {
    const read = readSignInForm(form);
    expect(read.ok ? [] : Object.keys(read.problems)).toEqual(wrong);
  });

  it.each([
    ["http://metrics.example", true],
    ["https://metrics.example", false],
    ["http://127.0.0.1:9090", false],
    ["http://localhost:9090", false],
    ["", false],
  ])("warns for %j: %s", (server, warns) => {
    expect(isOpenToAll(server)).toBe(warns);
  });
});
