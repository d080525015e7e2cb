/** Who is signed in to which target: gives calls what they show, renews it, and takes new sign-ins. */
import type { SignInRequest } from "../../../shared/contract/connectors.ts";
import { FailureError } from "../../../shared/failure.ts";
import { type Access, NO_ACCESS } from "../../../shared/run.ts";
import type { TokenStore } from "./token-store.ts";
import { tokenRequest, type TokenRequest } from "./token-request.ts";
import type { Grant, OAuthToken } from "./token.ts";

/** Sends it through the policies of the connector whose call needs the token. */
export type AskForToken = (request: TokenRequest, grant: Grant, connector: string) => Promise<OAuthToken>;

export class SignIns {
  readonly #store: TokenStore;
  readonly #ask: AskForToken;

  constructor(store: TokenStore, ask: AskForToken) {
    this.#store = store;
    this.#ask = ask;
  }

  /** What a call to a target, "connector:target", shows of itself; nothing where nobody signed in. */
  async access(name: string): Promise<Access> {
    if (!this.#store.has(name)) return NO_ACCESS;
    return accessOf(await this.#store.use(name, (token) => this.#next(name, token)));
  }

  /** What to show in place of what the target refused. Fails when there is nothing else. */
  async renewed(name: string, refused: Access): Promise<Access> {
    const isRefused = (token: OAuthToken): boolean => accessOf(token).authorization === refused.authorization;
    return accessOf(await this.#store.renew(name, isRefused, (token) => this.#next(name, token)));
  }

  /** `name` is "connector:origin". A server that gives tokens is asked for the first one at once. */
  async signIn(name: string, request: SignInRequest): Promise<void> {
    await this.#store.put(name, request.method === "bearer" ? pasted(request.token) : await this.#first(name, request));
  }

  async #first(name: string, request: Exclude<SignInRequest, { method: "bearer" }>): Promise<OAuthToken> {
    const { method, tokenUrl, clientId, clientSecret, scope } = request;
    checkTokenUrl(tokenUrl);
    const grant: Grant = { type: method, tokenUrl, clientId, clientSecret, scope };
    const refreshToken = request.method === "refresh-token" ? request.refreshToken : null;
    return await this.#asked(name, grant, { refreshToken, replaced: null });
  }

  async #next(name: string, token: OAuthToken): Promise<OAuthToken> {
    const { grant, refreshToken } = token;
    if (grant === null) throw new Error("the server gave no way to do it");
    return await this.#asked(name, grant, { refreshToken, replaced: token });
  }

  async #asked(
    name: string,
    grant: Grant,
    { refreshToken, replaced }: { readonly refreshToken: string | null; readonly replaced: OAuthToken | null },
  ): Promise<OAuthToken> {
    const connector = name.slice(0, name.indexOf(":"));
    const token = await this.#ask(tokenRequest(grant, refreshToken, replaced), grant, connector);
    // A server that sends no new refresh token means the old one (RFC 6749, section 6).
    return { ...token, refreshToken: token.refreshToken ?? refreshToken };
  }
}

const accessOf = ({ accessToken }: OAuthToken): Access => ({ authorization: `Bearer ${accessToken}` });

function pasted(text: string): OAuthToken {
  const accessToken = text.trim();
  if (!/^[\x21-\x7e]+$/u.test(accessToken)) {
    throw new FailureError("bad-sign-in", "That is no token: it is empty, or holds spaces or other characters.");
  }
  return { accessToken, refreshToken: null, expiresAt: null, scope: "", tokenType: "Bearer", grant: null };
}

function checkTokenUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/u.test(url.protocol) || url.username !== "" || url.password !== "") {
    throw new FailureError(
      "bad-sign-in",
      "The token URL must begin with https:// or http://, without a name and a password in it.",
    );
  }
}
