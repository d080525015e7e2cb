// https://datatracker.ietf.org/doc/html/rfc6749: 2.3.1 (who the client is), 4.4 (client credentials), 5 (answers),
// 6 (refresh).
/** What is sent to a token endpoint, and what its answer means. */
import { z } from "zod";
import { FailureError } from "../../../shared/failure.ts";
import { type Grant, type OAuthToken, withoutSecrets } from "./token.ts";

export interface TokenRequest {
  readonly url: string;
  readonly form: URLSearchParams;
  /** Value of the Authorization header; null for a public client. */
  readonly authorization: string | null;
  /** Whether asking twice gives two good tokens: a refresh token may be taken back once it was used. */
  readonly isRepeatable: boolean;
  /** None of these may stand in a message. */
  readonly secrets: readonly string[];
}

/** `replaced` is the token that the new one follows: an endpoint may repeat it in what it says. */
export function tokenRequest(grant: Grant, refreshToken: string | null, replaced: OAuthToken | null): TokenRequest {
  const { tokenUrl, clientId, clientSecret, scope } = grant;
  const refreshes = refreshToken !== null && grant.type === "refresh-token";
  const form = new URLSearchParams({ grant_type: refreshes ? "refresh_token" : "client_credentials" });
  if (refreshes) form.set("refresh_token", refreshToken);
  if (scope !== "") form.set("scope", scope);
  if (clientSecret === null) form.set("client_id", clientId);
  return {
    url: tokenUrl,
    form,
    authorization: clientSecret === null ? null : basic(clientId, clientSecret),
    isRepeatable: !refreshes,
    secrets: [clientSecret, refreshToken, replaced?.accessToken].filter((secret) => typeof secret === "string"),
  };
}

/** Name and password are encoded as in a form before they are joined (section 2.3.1). */
function basic(clientId: string, clientSecret: string): string {
  const encoded = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);
  return `Basic ${Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`, "utf8").toString("base64")}`;
}

const answerSchema = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/u),
  token_type: z.string().regex(/^bearer$/iu),
  // Seconds; some servers write them as a text.
  expires_in: z.coerce.number().positive().finite().nullish(),
  refresh_token: z.string().min(1).nullish(),
  scope: z.string().nullish(),
});

/** The token of an answer that came at a moment; a failure that quotes nothing of it when it is none. */
export function tokenOf(body: Uint8Array, grant: Grant, nowMs: number): OAuthToken {
  const parsed = answerSchema.safeParse(jsonOf(body));
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new FailureError(
      "parse-token",
      `${new URL(grant.tokenUrl).origin}: its answer is no bearer token${where === "" ? "" : ` (${where})`}. Check the token URL.`,
    );
  }
  const { access_token, expires_in, refresh_token, scope } = parsed.data;
  return {
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    expiresAt: typeof expires_in === "number" ? nowMs + expires_in * 1_000 : null,
    scope: scope ?? grant.scope,
    tokenType: "Bearer",
    grant,
  };
}

const MOST_SAID = 200;

/** What a token endpoint says when it refuses (section 5.2). */
export function refusalIn(body: Uint8Array, secrets: readonly string[]): string | null {
  const parsed = z.object({ error: z.string(), error_description: z.string().optional() }).safeParse(jsonOf(body));
  if (!parsed.success) return null;
  const { error, error_description: description } = parsed.data;
  const said = description === undefined ? error : `${error}: ${description}`;
  return withoutSecrets(said, secrets)
    .replace(/\p{Cc}+/gu, " ")
    .slice(0, MOST_SAID);
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}
