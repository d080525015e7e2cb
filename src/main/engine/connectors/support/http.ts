// https://www.rfc-editor.org/rfc/rfc9110
/**
 * One question over HTTP, answered whole or not at all: an answer that is cut, too large or led in a circle is a failure. Credentials
 * go to the server that they were given for and into nothing that is shown.
 */
import type { IncomingMessage } from "node:http";
import { FailureError } from "../../../../shared/failure.ts";
import { parseRetryAfter } from "../../../../shared/retry-after.ts";
import type { ConnectorContext } from "../connector.ts";
import { httpFailure, HttpStatus, statusFailure } from "./http-failure.ts";

export interface HttpQuestion {
  /** Id of the connector that asks. */
  readonly connector: string;
  /** Without credentials. */
  readonly url: URL;
  /** Value of the Authorization header; null for that of whoever is signed in, if anybody is. */
  readonly authorization: string | null;
  /** Sent as POST in place of GET; then no redirect is followed, because what it holds was meant for one address. */
  readonly form?: URLSearchParams;
  /** Name of the operation; "http" unless it may be done but once. */
  readonly operation?: string;
  readonly maxBytes: number;
  /** What the server says of itself when it refuses; null when its body is no use. */
  readonly reasonIn?: (body: Uint8Array) => string | null;
  /** A failure when a body that came whole is still not what was asked for. */
  readonly check?: (body: Uint8Array) => Error | null;
}

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Characters of a header that is repeated to a person. */
const MOST_SAID = 60;
/** Of the body of a refusal. */
const MOST_REASON_BYTES = 16 * 1_024;

/** Null for what is no URL. */
export function urlOf(text: string, base?: URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

export const isHttp = ({ protocol }: URL): boolean => protocol === "http:" || protocol === "https:";

export async function askHttp(question: HttpQuestion, { run, signal }: Pick<ConnectorContext, "run" | "signal">) {
  const { connector, url: asked, operation = "http" } = question;
  const call = { connector, target: asked.origin, operation };
  return await run(
    call,
    async (attempt, access) => {
      try {
        return await follow({ ...question, authorization: question.authorization ?? access.authorization }, attempt);
      } catch (thrown) {
        throw attempt.aborted ? thrown : httpFailure(asked, thrown);
      }
    },
    signal,
  );

  /** Follows redirects, so far and not in a circle. */
  async function follow(
    { authorization, ...rest }: HttpQuestion,
    attempt: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const seen = new Set<string>();
    let { url } = rest;
    for (;;) {
      if (seen.has(url.href)) throw redirectFailure(rest.url, "in a circle");
      if (seen.size > MOST_REDIRECTS) throw redirectFailure(rest.url, `more than ${MOST_REDIRECTS} times`);
      seen.add(url.href);
      // Who answers under another origin was not given the credentials.
      const header = url.origin === rest.url.origin ? authorization : null;
      const response = await send(url, header, rest.form ?? null, attempt);
      const { statusCode: status = 0 } = response;
      if (!REDIRECTS.has(status)) return await answerOf(response, status, { ...rest, authorization });
      response.destroy();
      if (rest.form !== undefined) throw redirectFailure(rest.url, "what was meant for it alone");
      url = redirectedTo(response, url, rest.url);
    }
  }

  async function send(
    url: URL,
    authorization: string | null,
    form: URLSearchParams | null,
    attempt: AbortSignal,
  ): Promise<IncomingMessage> {
    // Loaded by those who ask a server: they are a quarter of what a start loads.
    const { request } = url.protocol === "https:" ? await import("node:https") : await import("node:http");
    const headers = {
      accept: "application/json",
      // Without it any coding may come, and what unpacks would need limits of its own.
      "accept-encoding": "identity",
      ...(authorization === null ? {} : { authorization }),
      ...(form === null ? {} : { "content-type": "application/x-www-form-urlencoded" }),
    };
    const options = { method: form === null ? "GET" : "POST", headers, signal: attempt };
    return await new Promise((resolve, reject) => {
      const sent = request(url, options, resolve);
      sent.on("error", reject);
      sent.end(form?.toString());
    });
  }
}

async function answerOf(response: IncomingMessage, status: number, question: HttpQuestion) {
  const { url, maxBytes, reasonIn, check, authorization } = question;
  if (status < 200 || status > 299) {
    const body = await bodyOf(response, MOST_REASON_BYTES).catch(() => null);
    const retryAfterMs = parseRetryAfter(response.headers["retry-after"] ?? null, Date.now());
    const said = (body && reasonIn?.(body)) ?? null;
    // Some servers repeat what they refuse.
    const secret = authorization?.split(" ")[1] ?? "";
    const shown = secret === "" ? said : (said?.replaceAll(secret, "…") ?? null);
    const asksForToken = question.form !== undefined;
    throw statusFailure(url, new HttpStatus(status, retryAfterMs), { said: shown, asksForToken });
  }
  const { "content-encoding": coding = "identity" } = response.headers;
  if (coding !== "identity") {
    response.destroy();
    throw new FailureError(
      "parse-coding",
      `${url.origin}: it answered packed (${coding.slice(0, MOST_SAID)}), which was not asked for; a proxy on the way may do that. Ask the server itself.`,
    );
  }
  const body = await bodyOf(response, maxBytes);
  if (body === null) {
    const mebibytes = Math.ceil(maxBytes / 2 ** 20);
    throw new FailureError(
      "answer-too-large",
      `${url.origin} answered with more than ${mebibytes} MiB. Ask for less: a shorter window, a longer step, fewer series.`,
      { cause: new HttpStatus(413, null) },
    );
  }
  const problem = check?.(body) ?? null;
  if (problem !== null) throw problem;
  return body;
}

/** Null when it is longer than that. Fails when it ends before the length that was announced. */
async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    // Leaving the loop ends the connection.
    if (bytes > maxBytes) return null;
    parts.push(part);
  }
  const body = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.byteLength;
  }
  return body;
}

function redirectedTo({ headers }: IncomingMessage, from: URL, asked: URL): URL {
  const to = urlOf(headers.location ?? "", from);
  if (to === null || !isHttp(to)) throw redirectFailure(asked, "to what is no HTTP address");
  to.username = "";
  to.password = "";
  return to;
}

const redirectFailure = (url: URL, how: string): FailureError =>
  new FailureError("redirected", `${url.origin} redirects ${how}. Check the address, or ask the server directly.`, {
    cause: new HttpStatus(400, null),
  });
