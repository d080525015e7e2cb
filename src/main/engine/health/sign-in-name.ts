/** What a sign-in counts for: one connector and one server, whatever address of it somebody typed. */
import { FailureError } from "../../../shared/failure.ts";
import { splitName } from "./target-name.ts";

interface Kind {
  readonly id: string;
  readonly isRemote: boolean;
}

/** "connector:origin" of "connector:URL", as calls and breakers name it. */
export function signInName(name: string, connectors: readonly Kind[]): string {
  const { connector, target } = splitName(name);
  const kind = connectors.find(({ id }) => id === connector);
  if (kind?.isRemote !== true) {
    const remote = connectors.filter(({ isRemote }) => isRemote).map(({ id }) => `${id}:http://HOST`);
    throw new FailureError("bad-sign-in", `"${connector}" calls no server; sign in to ${remote.join(" or ")}.`);
  }
  const url = URL.canParse(target) ? new URL(target) : null;
  if (url === null || !/^https?:$/u.test(url.protocol)) {
    throw new FailureError("bad-sign-in", `Name the server: ${connector}:http://HOST:PORT.`);
  }
  return `${connector}:${url.origin}`;
}
