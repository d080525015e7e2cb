/** The connectors that somebody signed in to, and how each sign-in stands. */
import type { ReactNode } from "react";
import type { TokenStatus } from "../../shared/contract.ts";
import { attempt } from "../state/notices.ts";
import { Button } from "../ui/button.tsx";
import { signOut } from "./store.ts";

const WORDS: Readonly<Record<TokenStatus["state"], string>> = {
  valid: "signed in",
  expired: "ended",
  refreshing: "being refreshed",
  "refresh-failed": "refresh failed",
  unreadable: "unreadable",
};

export function SignIns({ tokens }: { readonly tokens: readonly TokenStatus[] }): ReactNode {
  return tokens.map(({ connector, state, message }) => (
    <div className="setting" key={connector}>
      <div className="setting-words">
        <span>{connector}</span>
        {message !== "" && <p>{message}</p>}
      </div>
      <div className="setting-value">
        <Button onClick={() => attempt(() => signOut(connector))}>Sign out</Button>
      </div>
      <div className="setting-origin">
        <span className="setting-badge" data-token={state}>
          {WORDS[state]}
        </span>
      </div>
    </div>
  ));
}
