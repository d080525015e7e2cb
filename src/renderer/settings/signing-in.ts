/** What a person fills in to sign in to a server, as the engine is asked. Secrets live in the form alone. */
import { create } from "zustand";
import type { SignInRequest } from "../../shared/contract/connectors.ts";
import { showView } from "../state/layout.ts";

/** The connectors that call servers name them "ID:ORIGIN". */
const REMOTE = "prometheus";

export interface SignInForm {
  readonly server: string;
  readonly method: SignInRequest["method"];
  /** The bearer token, the refresh token, or nothing. */
  readonly token: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
}

export type SignInField = Exclude<keyof SignInForm, "method">;
export type SignInProblems = Partial<Record<SignInField, string | undefined>>;

export type ReadSignIn =
  | { readonly ok: true; readonly name: string; readonly request: SignInRequest }
  | { readonly ok: false; readonly problems: SignInProblems };

/** Address of the server that the open form is for; null while there is none. */
export const useSigningIn = create<{ readonly server: string | null }>(() => ({ server: null }));

/** Opens the form, in the settings. */
export function signInTo(server: string): void {
  useSigningIn.setState({ server });
  showView("settings");
}

export const stopSigningIn = (): void => useSigningIn.setState({ server: null });

export const emptyForm = (server: string): SignInForm => ({
  server,
  method: "bearer",
  token: "",
  tokenUrl: "",
  clientId: "",
  clientSecret: "",
  scope: "",
});

function httpUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/u.test(url.protocol) ? url : null;
}

export function readSignInForm(form: SignInForm): ReadSignIn {
  const { method } = form;
  const server = httpUrl(form.server.trim());
  const [token, tokenUrl, clientId, clientSecret, scope] = [
    form.token,
    form.tokenUrl,
    form.clientId,
    form.clientSecret,
    form.scope,
  ].map((text) => text.trim()) as [string, string, string, string, string];
  const isClient = method !== "bearer";
  const problems: SignInProblems = {
    ...(server === null ? { server: "Write an address such as https://metrics.example." } : {}),
    ...(method !== "client-credentials" && token === "" ? { token: "It is needed." } : {}),
    ...(isClient && httpUrl(tokenUrl) === null
      ? { tokenUrl: "Write an address such as https://login.example/token." }
      : {}),
    ...(isClient && clientId === "" ? { clientId: "It is needed." } : {}),
    ...(method === "client-credentials" && clientSecret === "" ? { clientSecret: "It is needed." } : {}),
  };
  if (server === null || Object.keys(problems).length > 0) return { ok: false, problems };
  const name = `${REMOTE}:${server.origin}`;
  const client = { tokenUrl, clientId, scope };
  if (method === "bearer") return { ok: true, name, request: { method, token } };
  if (method === "client-credentials") return { ok: true, name, request: { method, ...client, clientSecret } };
  const request = { method, ...client, clientSecret: clientSecret === "" ? null : clientSecret, refreshToken: token };
  return { ok: true, name, request };
}

/** Whether a token for it would go over the network as everybody can read it. */
export function isOpenToAll(server: string): boolean {
  const url = httpUrl(server.trim());
  return url?.protocol === "http:" && !/^(?:localhost|127\..*|\[::1\])$/u.test(url.hostname);
}
