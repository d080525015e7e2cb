// `faultline connectors sign-in` as a person runs it: secrets come on stdin or in a variable, and are kept sealed.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { CLIENT, tokenServer } from "../../support/token-server.ts";
import { cliFile } from "./support.ts";

const SECRETS = /access-\d|refresh-\d|pasted-token|s3cret/u;
const KEY = { FAULTLINE_TOKEN_KEY: "a passphrase of one's own" };

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function scene() {
  const folder = mkdtempSync(join(tmpdir(), "faultline-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const run = async (args: readonly string[], stdin = "", env: Record<string, string> = KEY): Promise<Ran> => {
    const child = spawn(process.execPath, [cliFile, ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], FAULTLINE_DATA: join(folder, "data"), RETRY_BASE_MS: "1", ...env },
    });
    child.stdin.on("error", () => {});
    child.stdin.end(stdin);
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.on("close", resolve)),
    ]);
    return { code, stdout, stderr };
  };
  return { folder, run };
}

const clientOptions = ({ tokenUrl }: { readonly tokenUrl: string }): string[] => [
  "--token-url",
  tokenUrl,
  "--client-id",
  CLIENT.id,
];

describe("faultline connectors sign-in", () => {
  it("takes a bearer token from stdin; every later command shows it, until sign-out", async () => {
    const server = await tokenServer();
    const { folder, run } = scene();
    server.accept("pasted-token");
    const name = `prometheus:${server.origin}`;
    const signedIn = await run(["connectors", "sign-in", name, "--json"], "pasted-token\n");
    expect({ ...signedIn, stdout: JSON.parse(signedIn.stdout) as unknown }).toEqual({
      code: 0,
      stderr: "",
      stdout: { signIns: [{ connector: name, state: "valid", message: "", expiresAt: null, kept: true }] },
    });
    const analysed = await run(["analyze", server.address, "--json"]);
    expect([analysed.code, server.shown]).toEqual([0, ["Bearer pasted-token"]]);
    expect((await run(["connectors", "drill", name])).stdout).toContain("The server answered a query.");
    for (const file of readdirSync(join(folder, "data"))) {
      expect(readFileSync(join(folder, "data", file)).toString("latin1")).not.toMatch(SECRETS);
    }
    expect((await run(["connectors", "sign-out", name])).stdout).toBe("Nobody is signed in.\n");
    expect((await run(["analyze", server.address])).code).toBe(1);
    expect(server.shown.at(-1)).toBeNull();
  });

  it("takes client credentials, whose token is renewed when the server takes it back", async () => {
    const server = await tokenServer();
    const { run } = scene();
    const name = `prometheus:${server.origin}`;
    const signedIn = await run(["connectors", "sign-in", name, ...clientOptions(server)], `${CLIENT.secret}\n`);
    expect(signedIn.code).toBe(0);
    server.expireAll();
    const analysed = await run(["--verbose", "analyze", server.address, "--json"]);
    expect([analysed.code, server.shown]).toEqual([0, ["Bearer access-1", "Bearer access-2"]]);
    expect((await run(["analyze", server.address])).code).toBe(0);
    expect(server.shown.at(-1)).toBe("Bearer access-2");
    expect(`${signedIn.stdout}${signedIn.stderr}${analysed.stdout}${analysed.stderr}`).not.toMatch(SECRETS);
  });

  it("takes a refresh token from a variable", async () => {
    const server = await tokenServer();
    const { run } = scene();
    const options = [...clientOptions(server), "--refresh-token", "--secret-env", "MINE"];
    const env = { ...KEY, MINE: "refresh-0" };
    expect((await run(["connectors", "sign-in", `prometheus:${server.origin}`, ...options], "", env)).code).toBe(0);
    expect(server.forms.map((form) => form.get("grant_type"))).toEqual(["refresh_token"]);
    expect((await run(["analyze", server.address])).code).toBe(0);
  });

  it("says what cannot be decrypted, and lets nothing through in its name", async () => {
    const server = await tokenServer();
    const { run } = scene();
    server.accept("pasted-token");
    await run(["connectors", "sign-in", `prometheus:${server.origin}`], "pasted-token");
    for (const env of [{}, { FAULTLINE_TOKEN_KEY: "another passphrase than that" }]) {
      const signIns = await run(["connectors", "sign-ins"], "", env);
      expect([signIns.code, signIns.stdout]).toEqual([1, expect.stringContaining("unreadable")]);
      const analysed = await run(["analyze", server.address], "", env);
      expect(analysed.code).toBe(1);
      expect(analysed.stdout + analysed.stderr).toContain("set FAULTLINE_TOKEN_KEY to the passphrase");
    }
    expect(server.shown).toEqual([]);
  });

  it.each([
    [
      "without a key",
      ["prometheus:http://h"],
      {},
      "the command line has no key store, and FAULTLINE_TOKEN_KEY is not set",
    ],
    ["with a short key", ["prometheus:http://h"], { FAULTLINE_TOKEN_KEY: "short" }, "shorter than 16 characters"],
    ["without a secret", ["prometheus:http://h"], KEY, "there is no secret on stdin"],
    ["of half a client", ["prometheus:http://h", "--client-id", "x"], KEY, "--token-url and --client-id go together"],
    ["from no variable", ["prometheus:http://h", "--secret-env", "NONE_SUCH"], KEY, "NONE_SUCH is not set"],
  ])("%s is refused with what to do", async (_, args, env, sentence) => {
    const { run } = scene();
    const refused = await run(["connectors", "sign-in", ...args], "", env);
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr.toLowerCase()).toContain(sentence.toLowerCase());
  });

  it("warns of a token that goes over the network unencrypted", async () => {
    const { run } = scene();
    const { code, stderr } = await run(["connectors", "sign-in", "prometheus:http://metrics.example"], "t");
    expect([code, stderr]).toEqual([0, expect.stringContaining("is not asked over https")]);
  });
});
