/** The servers that somebody signed in to, how each sign-in stands, and a new one. */
import { LogIn } from "lucide-react";
import type { ReactNode } from "react";
import type { TokenStatus } from "../../shared/contract.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { attempt } from "../state/notices.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { signInTo, useSigningIn } from "./signing-in.ts";
import { signOut } from "./store.ts";

const WORDS: Readonly<Record<TokenStatus["state"], string>> = {
  valid: "signed in",
  expired: "ended",
  refreshing: "being refreshed",
  "refresh-failed": "refresh failed",
  unreadable: "unreadable",
};

const HELPLESS: ReadonlySet<TokenStatus["state"]> = new Set(["expired", "refresh-failed", "unreadable"]);

export function SignIns({ tokens }: { readonly tokens: readonly TokenStatus[] }): ReactNode {
  const signingIn = useSigningIn((state) => state.server);
  return (
    <>
      {tokens.map((token) => (
        <SignIn key={token.connector} token={token} />
      ))}
      {signingIn === null ? (
        <div className="setting">
          <div className="setting-words">
            <span>{tokens.length === 0 ? "Nobody is signed in" : "Another server"}</span>
            <p>For a Prometheus server that wants to know who asks: a bearer token, or OAuth 2.</p>
          </div>
          <div className="setting-value">
            <Button icon={LogIn} onClick={() => signInTo("")}>
              Sign in to a server
            </Button>
          </div>
        </div>
      ) : (
        <SignInForm key={signingIn} server={signingIn} />
      )}
    </>
  );
}

function SignIn({ token: { connector, state, message, expiresAt } }: { readonly token: TokenStatus }): ReactNode {
  const zone = useZone((known) => known.zone);
  return (
    <div className="setting">
      <div className="setting-words">
        <span className="selectable">{connector}</span>
        {message !== "" && <p className="selectable">{message}</p>}
        {state === "valid" && expiresAt !== null && <p>Its token is good until {formatMoment(expiresAt, zone, 0)}.</p>}
      </div>
      <div className="setting-value sign-in-actions">
        <Button onClick={() => attempt(() => signOut(connector))}>Sign out</Button>
        {HELPLESS.has(state) && (
          <Button icon={LogIn} onClick={() => signInTo(connector.slice(connector.indexOf(":") + 1))}>
            Sign in again
          </Button>
        )}
      </div>
      <div className="setting-origin">
        <span className="setting-badge" data-token={state}>
          {WORDS[state]}
        </span>
      </div>
    </div>
  );
}
