/** Asks a token endpoint through the policies of the connector that needs the token: it is a target like any other. */
import type { Run } from "../../../shared/run.ts";
import { askHttp } from "../connectors/support/http.ts";
import type { Clock } from "../resilience/clock.ts";
import type { AskForToken } from "../tokens/sign-ins.ts";
import { refusalIn, tokenOf } from "../tokens/token-request.ts";

const MOST_ANSWER_BYTES = 64 * 1_024;
const never = new AbortController().signal;

export const tokenEndpoint =
  (run: Run, clock: Clock): AskForToken =>
  async ({ url, form, authorization, isRepeatable, secrets }, grant, connector) => {
    const question = {
      connector,
      url: new URL(url),
      form,
      authorization,
      operation: isRepeatable ? "http" : "token",
      maxBytes: MOST_ANSWER_BYTES,
      reasonIn: (body: Uint8Array) => refusalIn(body, secrets),
    };
    // Everybody who waits for the same token does so with a signal of his own.
    const body = await askHttp(question, { run, signal: never });
    return tokenOf(body, grant, clock.wall());
  };
