// https://datatracker.ietf.org/doc/html/rfc6749#section-5.1
/** An OAuth 2 token and when it has to be replaced. */
import { z } from "zod";

export const oauthTokenSchema = z.object({
  accessToken: z.string().min(1),
  /** Null: it cannot be refreshed, the person signs in again. */
  refreshToken: z.string().min(1).nullable(),
  /** Milliseconds since the epoch; null for a token that does not end. */
  expiresAt: z.number().nullable(),
  scope: z.string(),
  tokenType: z.string(),
});
export type OAuthToken = z.infer<typeof oauthTokenSchema>;

/** A token counts as over this long before it is: a call that begins with it has to end with it too. */
export function needsRefresh({ expiresAt }: OAuthToken, nowMs: number, safetyWindowMs: number): boolean {
  return expiresAt !== null && nowMs >= expiresAt - safetyWindowMs;
}

export const isExpired = ({ expiresAt }: OAuthToken, nowMs: number): boolean =>
  expiresAt !== null && nowMs >= expiresAt;

/** A message of a server or a library, without any token that it quotes. */
export function withoutSecrets(message: string, tokens: readonly (OAuthToken | null)[]): string {
  const secrets = tokens.flatMap((token) => [token?.accessToken, token?.refreshToken]);
  return secrets.reduce<string>(
    (text, secret) => (secret === undefined || secret === null ? text : text.replaceAll(secret, "[token]")),
    message,
  );
}
