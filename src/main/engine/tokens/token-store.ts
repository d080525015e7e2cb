/**
 * The tokens of connectors: sealed in the library, refreshed before they end, one refresh at a time for each connector.
 * Where the system has no safe place for them they last for the session alone. No token appears in a message or an error.
 */
import { z } from "zod";
import type { TokenStatus } from "../../../shared/contract.ts";
import { FailureError, type Failure } from "../../../shared/failure.ts";
import type { TokenRows } from "../store/token-rows.ts";
import type { Cipher } from "./cipher.ts";
import {
  isExpired,
  isRefreshable,
  needsRefresh,
  oauthTokenSchema,
  secretsOf,
  withoutSecrets,
  type OAuthToken,
} from "./token.ts";

export interface TokenStoreOptions {
  readonly rows: TokenRows;
  readonly cipher: Cipher;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly safetyWindowMs: () => number;
  /** What to do about a sign-in that cannot be decrypted, in a sentence; the usual one when absent. */
  readonly unreadable?: string;
  /** A refresh failed: the person should hear of it before the token ends. */
  readonly onFailure?: (failure: Failure) => void;
}

/** Asks the server for the token that follows. */
export type Refresh = (token: OAuthToken) => Promise<OAuthToken>;

/** Why a token is replaced: its time is over soon, or the target refused it. */
type Why = "ends" | "refused";

interface Refreshing {
  readonly connector: string;
  readonly token: OAuthToken;
  readonly refresh: Refresh;
  readonly why: Why;
  /** Whether nobody signed in or out since. */
  readonly isCurrent: () => boolean;
}

interface Held {
  readonly token: OAuthToken | null;
  readonly failure: string | null;
  readonly kept: boolean;
}

const SESSION_ONLY = "The system has no safe key store, so this sign-in ends with Faultline.";

export class TokenStore {
  readonly #options: TokenStoreOptions;
  /** What could not be kept safely, and what was read already. */
  readonly #held = new Map<string, Held>();
  readonly #refreshing = new Map<string, Promise<OAuthToken>>();
  /** Counts sign-ins and sign-outs: what began before one of them must not undo it. */
  readonly #generations = new Map<string, number>();

  constructor(options: TokenStoreOptions) {
    this.#options = options;
  }

  /** Keeps the token of a sign-in in place of any other. */
  async put(connector: string, token: OAuthToken): Promise<void> {
    const isCurrent = this.#newGeneration(connector);
    const sealed = await this.#sealed(token);
    if (isCurrent()) this.#keep(connector, token, sealed);
  }

  signOut(connector: string): void {
    this.#newGeneration(connector);
    this.#held.delete(connector);
    this.#options.rows.delete(connector);
  }

  /**
   * A token that a call may use, refreshed when it ends soon; everybody who asks meanwhile waits for the same refresh.
   * After a failed refresh the old token serves until it ends.
   */
  async use(connector: string, refresh: Refresh): Promise<OAuthToken> {
    const running = this.#refreshing.get(connector);
    if (running !== undefined) return await running;
    const held = await this.#read(connector);
    if (held === null) throw new FailureError("not-signed-in", `${connector}: nobody is signed in. Sign in first.`);
    if (held.token === null) throw new FailureError("token-unreadable", `${connector}: ${this.#unreadable}`);
    const { now, safetyWindowMs } = this.#options;
    if (!needsRefresh(held.token, now(), safetyWindowMs())) return held.token;
    return await (this.#refreshing.get(connector) ?? this.#startRefresh(connector, held.token, refresh));
  }

  /** Whether somebody is signed in, be it with what nobody can read. */
  has(connector: string): boolean {
    return this.#held.has(connector) || this.#options.rows.read(connector) !== undefined;
  }

  /**
   * The token that follows one which the target refused: one that came meanwhile, or that of a refresh. The refused one
   * is not served again, however long it was said to last.
   */
  async renew(connector: string, isRefused: (token: OAuthToken) => boolean, refresh: Refresh): Promise<OAuthToken> {
    const running = this.#refreshing.get(connector);
    if (running !== undefined) return await running;
    const token = (await this.#read(connector))?.token ?? null;
    if (token === null) throw new FailureError("not-signed-in", `${connector}: nobody is signed in. Sign in first.`);
    if (!isRefused(token)) return token;
    return await (this.#refreshing.get(connector) ?? this.#startRefresh(connector, token, refresh, "refused"));
  }

  async list(): Promise<readonly TokenStatus[]> {
    const connectors = new Set([...this.#options.rows.all().map((row) => row.connector), ...this.#held.keys()]);
    const statuses = await Promise.all([...connectors].toSorted().map((connector) => this.status(connector)));
    return statuses.filter((status) => status !== null);
  }

  /** Null when nobody is signed in. */
  async status(connector: string): Promise<TokenStatus | null> {
    const held = await this.#read(connector);
    if (held === null) return null;
    const { token, failure, kept } = held;
    const endsMs = token?.expiresAt ?? null;
    const base = { connector, kept, expiresAt: endsMs === null ? null : endsMs * 1_000 };
    if (token === null) return { ...base, state: "unreadable", message: this.#unreadable };
    if (this.#refreshing.has(connector)) return { ...base, state: "refreshing", message: "" };
    if (failure !== null) return { ...base, state: "refresh-failed", message: failure };
    const message = kept ? "" : SESSION_ONLY;
    if (!isExpired(token, this.#options.now())) return { ...base, state: "valid", message };
    return isRefreshable(token)
      ? { ...base, state: "expired", message: "It is refreshed with the next call." }
      : { ...base, state: "expired", message: SIGN_IN_AGAIN };
  }

  get #unreadable(): string {
    return this.#options.unreadable ?? UNREADABLE;
  }

  #startRefresh(connector: string, token: OAuthToken, refresh: Refresh, why: Why = "ends"): Promise<OAuthToken> {
    const isCurrent = this.#generation(connector);
    const running = this.#refresh({ connector, token, refresh, why, isCurrent }).finally(() => {
      if (this.#refreshing.get(connector) === running) this.#refreshing.delete(connector);
    });
    this.#refreshing.set(connector, running);
    return running;
  }

  async #refresh(refreshing: Refreshing): Promise<OAuthToken> {
    const { connector, token, refresh, isCurrent } = refreshing;
    let next: OAuthToken;
    try {
      if (!isRefreshable(token)) throw new Error("the server gave no way to do it");
      const answer = oauthTokenSchema.parse(await refresh(token));
      // RFC 6749, section 6: a server that sends no new refresh token means the old one.
      next = { ...answer, refreshToken: answer.refreshToken ?? token.refreshToken };
    } catch (thrown) {
      return this.#failed(refreshing, thrown);
    }
    const sealed = await this.#sealed(next);
    if (!isCurrent()) {
      throw new FailureError(
        "signed-out",
        `${connector}: somebody signed in or out while it was refreshed. Try again.`,
      );
    }
    this.#keep(connector, next, sealed);
    return next;
  }

  #failed({ connector, token, why, isCurrent }: Refreshing, thrown: unknown): OAuthToken {
    const message =
      why === "refused" && !isRefreshable(token)
        ? `${connector} refused the sign-in. Sign in again.`
        : `The sign-in to ${connector} could not be refreshed (${reasonWithoutSecrets(thrown, token)}). Sign in again if this goes on.`;
    if (isCurrent()) {
      const known = this.#held.get(connector);
      this.#held.set(connector, { token, failure: message, kept: known?.kept ?? false });
      this.#options.rows.fail(connector, message);
      // Each call tries again: the person is told once.
      if (known?.failure !== message) this.#options.onFailure?.({ reason: "refresh-failed", message });
      if (why === "ends" && !isExpired(token, this.#options.now())) return token;
    }
    // Without its cause, which may quote the request with the token.
    throw new FailureError("refresh-failed", message);
  }

  /** Null where the system keeps nothing safely. */
  async #sealed(token: OAuthToken): Promise<Uint8Array | null> {
    const { cipher } = this.#options;
    if (cipher.available !== "keychain") return null;
    return await cipher.encrypt(JSON.stringify(token)).catch(() => null);
  }

  #keep(connector: string, token: OAuthToken, sealed: Uint8Array | null): void {
    const { rows, now } = this.#options;
    // A row of an earlier sign-in would come back at the next start.
    if (sealed === null) rows.delete(connector);
    else rows.write(connector, sealed, now() * 1_000);
    this.#held.set(connector, { token, failure: null, kept: sealed !== null });
  }

  /** Returns whether no other has begun since. */
  #newGeneration(connector: string): () => boolean {
    this.#refreshing.delete(connector);
    this.#generations.set(connector, (this.#generations.get(connector) ?? 0) + 1);
    return this.#generation(connector);
  }

  #generation(connector: string): () => boolean {
    const generation = this.#generations.get(connector);
    return () => this.#generations.get(connector) === generation;
  }

  async #read(connector: string): Promise<Held | null> {
    const held = this.#held.get(connector);
    if (held !== undefined) return held;
    const row = this.#options.rows.read(connector);
    if (row === undefined) return null;
    const isCurrent = this.#generation(connector);
    const token = await this.#unsealed(row.sealed);
    if (!isCurrent()) return this.#held.get(connector) ?? null;
    const read = this.#held.get(connector) ?? { token, failure: row.failure, kept: true };
    // A key store that is locked now may be open later: only what could be read is remembered.
    if (token !== null) this.#held.set(connector, read);
    return read;
  }

  async #unsealed(sealed: Uint8Array): Promise<OAuthToken | null> {
    try {
      const parsed = oauthTokenSchema.safeParse(JSON.parse(await this.#options.cipher.decrypt(sealed)));
      return parsed.success ? parsed.data : null;
    } catch {
      return null;
    }
  }
}

const SIGN_IN_AGAIN = "It has ended and cannot be refreshed. Sign in again.";
const UNREADABLE =
  "The kept sign-in cannot be decrypted, perhaps because the system's key store changed. Sign in again.";

const reasonWithoutSecrets = (thrown: unknown, token: OAuthToken): string =>
  withoutSecrets(reasonOf(thrown), secretsOf(token)).replace(/\.$/u, "");

/** The first issue of an answer that is no token: its text would hold the answer itself. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof z.ZodError)
    return `its answer is no token: ${thrown.issues[0]?.path.join(".") ?? "wrong shape"}`;
  return thrown instanceof Error ? thrown.message : "unknown error";
}
