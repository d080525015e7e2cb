// Sign-ins to servers, from the home of connectors' calls down to real sockets: tokens are shown, renewed and kept.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ConnectorHome } from "../../../src/main/engine/health/connector-home.ts";
import { SettingsHome } from "../../../src/main/engine/settings/settings-home.ts";
import { LIBRARY_FILE, openLibrary } from "../../../src/main/engine/store/library.ts";
import { keyCipher } from "../../../src/main/engine/tokens/key-cipher.ts";
import { TokenStore } from "../../../src/main/engine/tokens/token-store.ts";
import type { SignInRequest } from "../../../src/shared/contract/connectors.ts";
import type { Failure } from "../../../src/shared/failure.ts";
import { CLIENT, tokenServer, type TokenServer } from "../../support/token-server.ts";
import { bytesOf, contextOf, onlySource, temporaryFolder } from "../../unit/connectors/support.ts";
import { testImport } from "../ingest/support.ts";

const KINDS = [
  { id: "file", title: "File", isRemote: false, noFallback: null },
  { id: "prometheus", title: "Prometheus", isRemote: true, noFallback: null },
];
const SECRETS = /access-\d|refresh-\d|pasted-token|s3cret/u;

function signInHome(dataFolder = temporaryFolder()) {
  const library = openLibrary(dataFolder);
  const settings = new SettingsHome({ dataFolder, commandLine: ["retry.baseMs=1", "retry.capMs=1"] });
  const clock = { aheadMs: 0 };
  const told: Failure[] = [];
  const lines: object[] = [];
  const tokens = new TokenStore({
    rows: library.tokens,
    cipher: keyCipher("a passphrase for tests"),
    now: () => Date.now() + clock.aheadMs,
    safetyWindowMs: () => settings.current.oauth.refreshSafetySeconds * 1_000,
    onFailure: (failure) => told.push(failure),
  });
  const home = new ConnectorHome({
    rows: library.connectors,
    connectors: KINDS,
    settings: () => settings.resolved,
    actor: "ada",
    tokens,
    log: (line) => lines.push(line),
  });
  onTestFinished(() => {
    home[Symbol.dispose]();
    library[Symbol.dispose]();
  });
  return { dataFolder, home, tokens, clock, told, lines, library };
}

const credentials = ({ tokenUrl }: TokenServer): SignInRequest => ({
  method: "client-credentials",
  tokenUrl,
  clientId: CLIENT.id,
  clientSecret: CLIENT.secret,
  scope: "metrics:read",
});
const nameOf = ({ origin }: TokenServer): string => `prometheus:${origin}`;

async function read({ home }: Pick<ReturnType<typeof signInHome>, "home">, { address }: TokenServer): Promise<string> {
  const context = contextOf(home.run);
  const { opening } = await onlySource(address, context);
  return (await bytesOf(opening.chunks(context))).toString("utf8");
}

describe("a server that wants to know who asks", () => {
  it("refuses whoever is not signed in, and says what to do", async () => {
    const server = await tokenServer();
    await expect(read(signInHome(), server)).rejects.toThrow("it wants to know who asks; sign in to it");
    expect(server.shown).toEqual([null]);
  });

  it("lets in whoever shows a bearer token, and is shown it under its own origin alone", async () => {
    const [server, other] = [await tokenServer(), await tokenServer()];
    const one = signInHome();
    server.accept("pasted-token");
    const name = await one.home.signIn(`prometheus:${server.origin}/some/path?query=up`, {
      method: "bearer",
      token: " pasted-token\n",
    });
    expect(name).toBe(nameOf(server));
    expect(await read(one, server)).toContain('"up"');
    await expect(read(one, other)).rejects.toThrow("sign in to it");
    expect([server.shown, other.shown]).toEqual([["Bearer pasted-token"], [null]]);
  });

  it("that refuses a pasted token is asked once, and the person is told once to sign in again", async () => {
    const server = await tokenServer();
    const one = signInHome();
    await one.home.signIn(nameOf(server), { method: "bearer", token: "pasted-token" });
    await expect(read(one, server)).rejects.toThrow(`${nameOf(server)} refused the sign-in. Sign in again.`);
    await expect(read(one, server)).rejects.toThrow("Sign in again");
    expect(server.shown).toEqual(["Bearer pasted-token", "Bearer pasted-token"]);
    expect(one.told.map(({ message }) => message)).toEqual([`${nameOf(server)} refused the sign-in. Sign in again.`]);
    expect(await one.tokens.list()).toMatchObject([{ state: "refresh-failed" }]);
  });
});

describe("a sign-in with client credentials", () => {
  it("asks for the token at once, as the client that it is", async () => {
    const server = await tokenServer();
    const one = signInHome();
    await one.home.signIn(nameOf(server), credentials(server));
    expect(server.forms.map(String)).toEqual(["grant_type=client_credentials&scope=metrics%3Aread"]);
    expect(await read(one, server)).toContain('"up"');
    expect(server.shown).toEqual(["Bearer access-1"]);
    expect(await one.tokens.list()).toMatchObject([{ connector: nameOf(server), state: "valid", kept: true }]);
  });

  it("is renewed before its end, in the safety window, once for all who ask", async () => {
    const server = await tokenServer();
    const one = signInHome();
    await one.home.signIn(nameOf(server), credentials(server));
    one.clock.aheadMs = (3_600 - 299) * 1_000;
    await Promise.all(Array.from({ length: 8 }, () => read(one, server)));
    expect(new Set(server.shown)).toEqual(new Set(["Bearer access-2"]));
    expect(server.forms).toHaveLength(2);
  });

  it.each([
    ["a day forward", 86_400_000],
    ["a day back", -86_400_000],
  ])("does not mind a clock that jumps %s: the server has the last word", async (_, aheadMs) => {
    const server = await tokenServer();
    const one = signInHome();
    await one.home.signIn(nameOf(server), credentials(server));
    server.expireAll();
    one.clock.aheadMs = aheadMs;
    expect(await read(one, server)).toContain('"up"');
    expect(server.forms).toHaveLength(2);
  });

  it("that the server takes back early is renewed once, and the question is asked once more", async () => {
    const server = await tokenServer();
    const one = signInHome();
    await one.home.signIn(nameOf(server), credentials(server));
    server.expireAll();
    const answers = await Promise.all(Array.from({ length: 8 }, () => read(one, server)));
    expect(answers.every((answer) => answer.includes('"up"'))).toBe(true);
    expect(server.forms).toHaveLength(2);
    const count = (token: string): number => server.shown.filter((header) => header === `Bearer ${token}`).length;
    expect([count("access-1") <= 8, count("access-2")]).toEqual([true, 8]);
    expect(await one.tokens.list()).toMatchObject([{ state: "valid" }]);
  });

  it("survives a restart, sealed", async () => {
    const server = await tokenServer();
    const first = signInHome();
    await first.home.signIn(nameOf(server), credentials(server));
    first.home[Symbol.dispose]();
    first.library[Symbol.dispose]();
    expect(readFileSync(join(first.dataFolder, LIBRARY_FILE)).toString("latin1")).not.toMatch(SECRETS);
    const second = signInHome(first.dataFolder);
    server.expireAll();
    expect(await read(second, server)).toContain('"up"');
    expect(server.shown).toEqual(["Bearer access-1", "Bearer access-2"]);
  });

  it("that nobody can renew is a state that is shown; the refused token is not tried twice for a call", async () => {
    const server = await tokenServer();
    const one = signInHome();
    await one.home.signIn(nameOf(server), credentials(server));
    server.expireAll();
    server.refuse({
      status: 400,
      body: JSON.stringify({ error: "invalid_client", error_description: `no ${CLIENT.secret}` }),
    });
    const failure: unknown = await read(one, server).catch((thrown: unknown) => thrown);
    expect(String(failure)).toContain("could not be refreshed");
    expect(String(failure)).toContain("invalid_client");
    expect(server.shown).toEqual(["Bearer access-1"]);
    expect(await one.tokens.list()).toMatchObject([{ state: "refresh-failed" }]);
    // What nobody was let in for says nothing of the server: its breaker is not blamed.
    expect(one.home.resilience.breakers.find(nameOf(server))?.status().failures).toBe(0);
    expect(await read(one, server)).toContain('"up"');
    expect(await one.tokens.list()).toMatchObject([{ state: "valid", message: "" }]);
  });

  it("is tried again while the token endpoint is unwell, through the policies of any call", async () => {
    const server = await tokenServer();
    const one = signInHome();
    server.refuse({ status: 503, body: "" });
    await one.home.signIn(nameOf(server), credentials(server));
    expect(server.forms).toHaveLength(2);
    expect(one.lines).toMatchObject([{ event: "retry", name: nameOf(server), errorClass: "server" }]);
  });

  it("that the endpoint refuses signs nobody in", async () => {
    const server = await tokenServer();
    const one = signInHome();
    const wrong = { ...credentials(server), clientSecret: "another-s3cret" } as SignInRequest;
    await expect(one.home.signIn(nameOf(server), wrong)).rejects.toThrow(
      "it gives no token; check the client id, the secret and the token URL (HTTP 401: invalid_client)",
    );
    expect(await one.tokens.list()).toEqual([]);
  });

  it.each([
    ["no JSON", "<html>"],
    ["a token that is no text", '{"access_token": 5, "token_type": "bearer"}'],
    ["another type of token", '{"access_token": "x", "token_type": "mac"}'],
    ["a token that would break the header", '{"access_token": "a\\r\\nb", "token_type": "bearer"}'],
  ])("whose endpoint answers with %s is refused with a sentence", async (_, body) => {
    const server = await tokenServer();
    const one = signInHome();
    server.refuse({ status: 200, body });
    await expect(one.home.signIn(nameOf(server), credentials(server))).rejects.toThrow("its answer is no bearer token");
  });
});

describe("a sign-in with a refresh token", () => {
  const refreshing = ({ tokenUrl }: TokenServer): SignInRequest => ({
    method: "refresh-token",
    tokenUrl,
    clientId: CLIENT.id,
    clientSecret: null,
    refreshToken: "refresh-0",
    scope: "",
  });

  it("goes on with the refresh token that came last", async () => {
    const server = await tokenServer();
    const one = signInHome();
    await one.home.signIn(nameOf(server), refreshing(server));
    for (const round of [1, 2, 3]) {
      server.expireAll();
      expect(await read(one, server)).toContain('"up"');
      expect(server.refreshToken).toBe(`refresh-${round + 1}`);
    }
    expect(server.forms.map((form) => form.get("refresh_token"))).toEqual([
      "refresh-0",
      "refresh-1",
      "refresh-2",
      "refresh-3",
    ]);
  });

  it("is not sent twice when its answer is lost: it may be spent", async () => {
    const server = await tokenServer();
    const one = signInHome();
    await one.home.signIn(nameOf(server), refreshing(server));
    server.expireAll();
    server.refuse({ status: 503, body: "" });
    await expect(read(one, server)).rejects.toThrow("could not be refreshed");
    expect(server.forms).toHaveLength(2);
    expect(await read(one, server)).toContain('"up"');
  });

  it("that the server knows no more says so without quoting it", async () => {
    const server = await tokenServer();
    const one = signInHome();
    await one.home.signIn(nameOf(server), refreshing(server));
    await expect(one.home.signIn(nameOf(server), refreshing(server))).rejects.toThrow("unknown token [token]");
  });
});

describe("secrets", () => {
  it("stand in no message, log line, state or case, whatever servers repeat", async () => {
    const server = await tokenServer();
    const one = signInHome();
    await one.home.signIn(nameOf(server), credentials(server));
    server.expireAll();
    const repeats = {
      status: 500,
      body: JSON.stringify({ error: "x", error_description: `${CLIENT.secret} access-1` }),
    };
    server.refuse(repeats, repeats, repeats);
    const test = await testImport({ run: one.home.run });
    await test.read(server.address);
    const messages = test.sources().flatMap((source) => source.messages);
    expect(messages.join()).toContain("could not be refreshed");
    const shown = [messages, one.told, one.lines, one.home.list(null), await one.tokens.list(), test.failures];
    expect(JSON.stringify(shown)).not.toMatch(SECRETS);
    expect(readFileSync(test.file).toString("latin1")).not.toMatch(SECRETS);
    one.home.save();
    expect(readFileSync(join(one.dataFolder, LIBRARY_FILE)).toString("latin1")).not.toMatch(SECRETS);
  });
});

describe("what is no sign-in", () => {
  it.each([
    ["file:/var/log/app.log", "calls no server; sign in to prometheus:http://HOST"],
    ["prometheus:not a url", "Name the server"],
    ["prometheus:ftp://host", "Name the server"],
  ])("%s is refused with what to write", async (name, sentence) => {
    await expect(signInHome().home.signIn(name, { method: "bearer", token: "t" })).rejects.toThrow(sentence);
  });

  it.each(["ftp://host/token", "no url", "http://name:password@host/token"])("the token URL %s", async (tokenUrl) => {
    const server = await tokenServer();
    const request = { ...credentials(server), tokenUrl } as SignInRequest;
    await expect(signInHome().home.signIn(nameOf(server), request)).rejects.toThrow("The token URL must begin");
  });

  it.each(["", "two words", "line\nbreak"])("the bearer token %j", async (token) => {
    const one = signInHome();
    await expect(one.home.signIn("prometheus:http://host", { method: "bearer", token })).rejects.toThrow("is no token");
  });
});
