import Database from "better-sqlite3";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { LIBRARY_FILE, openLibrary } from "../../../src/main/engine/store/library.ts";
import type { Cipher } from "../../../src/main/engine/tokens/cipher.ts";
import { TokenStore } from "../../../src/main/engine/tokens/token-store.ts";
import { needsRefresh, type OAuthToken } from "../../../src/main/engine/tokens/token.ts";
import { temporaryFolder } from "../store/support.ts";

const START = Date.UTC(2026, 2, 1, 14);
const token = (more: Partial<OAuthToken> = {}): OAuthToken => ({
  accessToken: "access-1",
  refreshToken: "refresh-1",
  expiresAt: START + 3_600_000,
  scope: "read",
  tokenType: "Bearer",
  grant: null,
  ...more,
});

/** Turns every bit round; refuses what was sealed under another key. */
function cipherWith(key: number, available: Cipher["available"] = "keychain"): Cipher {
  const turned = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0xff);
  return {
    available,
    encrypt: (text) => Promise.resolve(Uint8Array.of(key, ...turned(new TextEncoder().encode(text)))),
    decrypt: ([first, ...rest]) =>
      first === key
        ? Promise.resolve(new TextDecoder().decode(turned(Uint8Array.from(rest))))
        : Promise.reject(new Error("sealed under another key")),
  };
}

function storeIn(folder: string, { cipher = cipherWith(1) }: { cipher?: Cipher } = {}) {
  const library = openLibrary(folder);
  onTestFinished(() => library[Symbol.dispose]());
  const clock = { now: START };
  const told: string[] = [];
  const store = new TokenStore({
    rows: library.tokens,
    cipher,
    now: () => clock.now,
    safetyWindowMs: () => 300_000,
    onFailure: ({ message }) => told.push(message),
  });
  return { store, clock, library, told };
}

const never = (): Promise<OAuthToken> => Promise.reject(new Error("must not be called"));

describe("a token", () => {
  it("needs a refresh from the safety window on, and never when it does not end", () => {
    const at = (left: number) => needsRefresh(token(), START + 3_600_000 - left, 300_000);
    expect([at(300_001), at(300_000), at(0), at(-5)]).toStrictEqual([false, true, true, true]);
    expect(needsRefresh(token({ expiresAt: null }), Number.MAX_SAFE_INTEGER, 300_000)).toBe(false);
  });

  it("is sealed on disk and survives a restart", async () => {
    const folder = temporaryFolder();
    const first = storeIn(folder);
    await first.store.put("prometheus", token());
    first.library[Symbol.dispose]();
    expect(readFileSync(join(folder, LIBRARY_FILE)).includes("access-1")).toBe(false);
    const { store } = storeIn(folder);
    expect(await store.use("prometheus", never)).toStrictEqual(token());
    expect(await store.list()).toStrictEqual([
      { connector: "prometheus", state: "valid", message: "", expiresAt: (START + 3_600_000) * 1_000, kept: true },
    ]);
  });

  it.each(["basic-text", "none"] as const)(
    "lasts for the session alone where the key store is %s",
    async (available) => {
      const folder = temporaryFolder();
      const { store, library } = storeIn(folder, { cipher: cipherWith(1, available) });
      await store.put("prometheus", token());
      expect(await store.use("prometheus", never)).toStrictEqual(token());
      expect(await store.status("prometheus")).toMatchObject({
        kept: false,
        message: expect.stringContaining("ends with Faultline"),
      });
      expect(library.tokens.all()).toStrictEqual([]);
    },
  );

  it("lasts for the session alone when the key store refuses to seal it", async () => {
    const cipher: Cipher = { ...cipherWith(1), encrypt: () => Promise.reject(new Error("locked")) };
    const { store, library } = storeIn(temporaryFolder(), { cipher });
    await store.put("prometheus", token());
    expect([await store.use("prometheus", never), library.tokens.all()]).toStrictEqual([token(), []]);
  });

  it("that cannot be decrypted asks for a new sign-in, and its row stays until then", async () => {
    const folder = temporaryFolder();
    const first = storeIn(folder);
    await first.store.put("prometheus", token());
    first.library[Symbol.dispose]();
    const { store, library } = storeIn(folder, { cipher: cipherWith(2) });
    expect(await store.status("prometheus")).toMatchObject({
      state: "unreadable",
      message: expect.stringContaining("Sign in again"),
    });
    await expect(store.use("prometheus", never)).rejects.toMatchObject({ failure: { reason: "token-unreadable" } });
    expect(library.tokens.all()).toHaveLength(1);
    await store.put("prometheus", token({ accessToken: "access-2" }));
    expect(await store.use("prometheus", never)).toMatchObject({ accessToken: "access-2" });
  });

  it.each(["", "no JSON", '{"accessToken": 1}'])("whose row decrypts to %j counts as unreadable", async (text) => {
    const { store, library } = storeIn(temporaryFolder());
    library.tokens.write("prometheus", await cipherWith(1).encrypt(text), 0);
    expect(await store.status("prometheus")).toMatchObject({ state: "unreadable" });
  });

  it("that nobody has is a failure with a sentence", async () => {
    const { store } = storeIn(temporaryFolder());
    await expect(store.use("prometheus", never)).rejects.toThrow("prometheus: nobody is signed in. Sign in first.");
    expect([await store.status("prometheus"), await store.list()]).toStrictEqual([null, []]);
  });
});

describe("a refresh", () => {
  it("is one for all who ask meanwhile, and its answer is kept", async () => {
    const folder = temporaryFolder();
    const { store, clock, library } = storeIn(folder);
    await store.put("prometheus", token());
    clock.now += 3_400_000;
    const fresh = token({ accessToken: "access-2", refreshToken: null, expiresAt: START + 9_000_000 });
    let calls = 0;
    const gate = Promise.withResolvers<OAuthToken>();
    const refresh = (): Promise<OAuthToken> => {
      calls += 1;
      return gate.promise;
    };
    const asked = Array.from({ length: 20 }, () => store.use("prometheus", refresh));
    await new Promise(setImmediate);
    expect(await store.status("prometheus")).toMatchObject({ state: "refreshing" });
    gate.resolve(fresh);
    // A server that sends no new refresh token means the old one.
    const kept = { ...fresh, refreshToken: "refresh-1" };
    expect(await Promise.all(asked)).toStrictEqual(asked.map(() => kept));
    expect(calls).toBe(1);
    expect(await store.use("prometheus", never)).toStrictEqual(kept);
    library[Symbol.dispose]();
    expect(await storeIn(folder).store.use("prometheus", never)).toStrictEqual(kept);
  });

  it("of one connector does not hold up another", async () => {
    const { store, clock } = storeIn(temporaryFolder());
    await store.put("a", token());
    await store.put("b", token());
    clock.now += 3_400_000;
    const stuck = store.use("a", () => new Promise(() => {}));
    expect(await store.use("b", () => Promise.resolve(token({ accessToken: "b-2" })))).toMatchObject({
      accessToken: "b-2",
    });
    void stuck;
  });

  it("that fails is a state until one succeeds, also after a restart; the old token serves until it ends", async () => {
    const folder = temporaryFolder();
    const first = storeIn(folder);
    await first.store.put("prometheus", token());
    first.clock.now += 3_400_000;
    const refuse = () => Promise.reject(new Error("invalid_grant"));
    expect(await first.store.use("prometheus", refuse)).toStrictEqual(token());
    expect(await first.store.status("prometheus")).toMatchObject({
      state: "refresh-failed",
      message: expect.stringContaining("invalid_grant"),
    });
    expect(first.told).toStrictEqual([
      "The sign-in to prometheus could not be refreshed (invalid_grant). Sign in again if this goes on.",
    ]);
    first.library[Symbol.dispose]();
    const { store, clock } = storeIn(folder);
    expect(await store.status("prometheus")).toMatchObject({ state: "refresh-failed" });
    clock.now += 3_600_000;
    await expect(store.use("prometheus", refuse)).rejects.toMatchObject({ failure: { reason: "refresh-failed" } });
    const fresh = token({ accessToken: "access-2", expiresAt: clock.now + 3_600_000 });
    expect(await store.use("prometheus", () => Promise.resolve(fresh))).toStrictEqual(fresh);
    expect(await store.status("prometheus")).toMatchObject({ state: "valid", message: "" });
  });

  it("that fails quotes no token, whatever the server says", async () => {
    const { store, clock, library } = storeIn(temporaryFolder());
    await store.put("prometheus", token());
    clock.now += 9_999_999;
    const failing = store.use("prometheus", () =>
      Promise.reject(new Error("POST /token?refresh_token=refresh-1 with access-1 gave 400")),
    );
    const failure: unknown = await failing.catch((thrown: unknown) => thrown);
    const told = `${String(failure)} ${JSON.stringify(failure)} ${String((failure as Error).cause)}`;
    const all = `${told} ${JSON.stringify(await store.list())} ${library.tokens.all()[0]?.failure}`;
    expect(all).toContain("[token]");
    expect(all).not.toMatch(/refresh-1|access-1/u);
  });

  it("with an answer that is no token fails without repeating it", async () => {
    const { store, clock } = storeIn(temporaryFolder());
    await store.put("prometheus", token());
    clock.now += 9_999_999;
    const answer = { ...token(), accessToken: 5, scope: "secret-scope" } as unknown as OAuthToken;
    await expect(store.use("prometheus", () => Promise.resolve(answer))).rejects.toThrow(
      /its answer is no token: accessToken/u,
    );
  });

  it("is not tried without a refresh token", async () => {
    const { store, clock } = storeIn(temporaryFolder());
    await store.put("prometheus", token({ refreshToken: null }));
    clock.now += 9_999_999;
    expect(await store.status("prometheus")).toMatchObject({ state: "expired" });
    await expect(store.use("prometheus", never)).rejects.toMatchObject({ failure: { reason: "refresh-failed" } });
  });

  it.each([
    ["signed out", (store: TokenStore) => Promise.resolve(store.signOut("prometheus")), null],
    ["signed in again", (store: TokenStore) => store.put("prometheus", token({ accessToken: "other" })), "other"],
  ])("does not undo that somebody %s meanwhile", async (_, act, left) => {
    const { store, clock, library } = storeIn(temporaryFolder());
    await store.put("prometheus", token());
    clock.now += 3_400_000;
    const gate = Promise.withResolvers<OAuthToken>();
    const asked = store.use("prometheus", () => gate.promise);
    const ended = asked.catch((thrown: unknown) => thrown);
    await new Promise(setImmediate);
    await act(store);
    gate.resolve(token({ accessToken: "access-2" }));
    expect(await ended).toMatchObject({ failure: { reason: "signed-out" } });
    clock.now = START;
    const served = await store.use("prometheus", never).catch(() => null);
    expect([served?.accessToken ?? null, library.tokens.all().length]).toStrictEqual([left, left === null ? 0 : 1]);
  });
});

it("a library whose tokens were damaged by hand still lists the others", async () => {
  const folder = temporaryFolder();
  const { store, library } = storeIn(folder);
  await store.put("a", token());
  await store.put("b", token());
  library[Symbol.dispose]();
  const db = new Database(join(folder, LIBRARY_FILE));
  db.exec(`UPDATE oauth_token SET sealed = x'00' WHERE connector = 'a'`);
  db.close();
  expect((await storeIn(folder).store.list()).map(({ state }) => state)).toStrictEqual(["unreadable", "valid"]);
});
