// https://datatracker.ietf.org/doc/html/rfc6749#section-5.1
/** An OAuth 2 token, when it has to be replaced, and what it is replaced with. */
import { z } from "zod";

/** How the next token is asked for: kept beside the token, and as secret. */
const grantSchema = z.object({
  type: z.enum(["client-credentials", "refresh-token"]),
  tokenUrl: z.string().min(1),
  clientId: z.string().min(1),
  /** Null for a public client. */
  clientSecret: z.string().min(1).nullable(),
  /** Empty for whatever the server gives. */
  scope: z.string(),
});
export type Grant = z.infer<typeof grantSchema>;

export const oauthTokenSchema = z.object({
  accessToken: z.string().min(1),
  /** Null: it cannot be refreshed, the person signs in again. */
  refreshToken: z.string().min(1).nullable(),
  /** Milliseconds since the epoch; null for a token that does not end. */
  expiresAt: z.number().nullable(),
  scope: z.string(),
  tokenType: z.string(),
  /** Null for a token that somebody pasted: nothing follows it. */
  grant: grantSchema.nullable().default(null),
});
export type OAuthToken = z.infer<typeof oauthTokenSchema>;

/** A token counts as over this long before it is: a call that begins with it has to end with it too. */
export function needsRefresh({ expiresAt }: OAuthToken, nowMs: number, safetyWindowMs: number): boolean {
  return expiresAt !== null && nowMs >= expiresAt - safetyWindowMs;
}

export const isExpired = ({ expiresAt }: OAuthToken, nowMs: number): boolean =>
  expiresAt !== null && nowMs >= expiresAt;

/** Whether the server can be asked for the token that follows. */
export const isRefreshable = ({ refreshToken, grant }: OAuthToken): boolean =>
  refreshToken !== null || grant?.type === "client-credentials";

export const secretsOf = (token: OAuthToken): readonly string[] =>
  [token.accessToken, token.refreshToken, token.grant?.clientSecret].filter((secret) => typeof secret === "string");

/** A message of a server or a library, without any secret that it quotes, also as it stands in a URL or a form. */
export const withoutSecrets = (message: string, secrets: readonly string[]): string =>
  secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((text, secret) => (secret === "" ? text : text.replaceAll(secret, "[token]")), message);
