/** What goes wrong with a call over HTTP, as a person reads it, with the status that decides whether to try again. */
import { FailureError } from "../../../../shared/failure.ts";
import { errorCode } from "./file-failure.ts";

/** The cause of a failure: the resilience layer reads `status` and `retryAfterMs`. */
export class HttpStatus extends Error {
  readonly status: number;
  /** The wait that the server asked for; null when it did not. */
  readonly retryAfterMs: number | null;
  constructor(status: number, retryAfterMs: number | null) {
    super(`status ${status}`);
    this.name = "HttpStatus";
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

type Sentence = readonly [reason: string, text: string];

const UNKNOWN_SIGNER: Sentence = [
  "not-trusted",
  "who signed its certificate is not known; have the system trust them first",
];
/** What a server answers to a greeting of TLS that does not know it. */
const NO_TLS: Sentence = ["not-trusted", "it does not speak TLS as it must; try http:// if that is meant"];

const SENTENCES: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: ["unreachable", "nothing answers there; check that the server runs, and the port"],
  ENOTFOUND: ["unreachable", "there is no such host; check the name"],
  EAI_AGAIN: ["unreachable", "its name could not be looked up at the moment; check the network"],
  EHOSTUNREACH: ["unreachable", "no way leads there; check the network"],
  ENETUNREACH: ["unreachable", "no way leads there; check the network"],
  ECONNRESET: ["cut-off", "the connection was cut before the answer was whole"],
  EPIPE: ["cut-off", "the connection was cut before the question was whole"],
  ETIMEDOUT: ["timeout", "it did not answer in time"],
  DEPTH_ZERO_SELF_SIGNED_CERT: ["not-trusted", "its certificate is signed by itself; have the system trust it first"],
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_SIGNER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_SIGNER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_SIGNER,
  ERR_TLS_CERT_ALTNAME_INVALID: ["not-trusted", "its certificate is for another name; check the address"],
  CERT_HAS_EXPIRED: ["not-trusted", "its certificate has expired; check the clock of this machine too"],
  CERT_NOT_YET_VALID: ["not-trusted", "its certificate is not valid yet; check the clock of this machine"],
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
};

export function httpFailure(url: URL, thrown: unknown): FailureError {
  if (thrown instanceof FailureError) return thrown;
  const code = errorCode(thrown);
  const isGarbled = code.startsWith("HPE_");
  const [reason, text] = SENTENCES[code] ?? [
    isGarbled ? "cut-off" : "unreachable",
    isGarbled ? "what it answered is no HTTP" : messageOf(thrown),
  ];
  return new FailureError(reason, `${url.origin}: ${text}.`, { cause: thrown });
}

const STATUS_SENTENCES: Readonly<Record<number, Sentence>> = {
  401: ["unauthorised", "it wants to know who asks; sign in to it, or put name and password into the address"],
  403: ["forbidden", "you may not ask it that"],
  404: ["not-found", "there is nothing under this address; check its path"],
  413: ["answer-too-large", "the question was too large for it"],
  429: ["throttled", "it wants fewer questions at a time; try again later"],
  503: ["unavailable", "it is not available at the moment; try again later"],
};

/** Of whoever gives tokens: it was told who asks. */
const TOKEN_SENTENCE = "it gives no token; check the client id, the secret and the token URL";
const TOKEN_SENTENCES: typeof STATUS_SENTENCES = {
  400: ["token-refused", TOKEN_SENTENCE],
  401: ["token-refused", TOKEN_SENTENCE],
  403: ["token-refused", TOKEN_SENTENCE],
};

/** `said` is what the server itself gives as the reason. */
export function statusFailure(
  url: URL,
  status: HttpStatus,
  { said, asksForToken }: { readonly said: string | null; readonly asksForToken: boolean },
): FailureError {
  const own = asksForToken ? TOKEN_SENTENCES[status.status] : undefined;
  const [reason, text] = own ??
    STATUS_SENTENCES[status.status] ?? [
      status.status >= 500 ? "server-error" : "refused",
      status.status >= 500 ? "it failed; look into its log" : "it refused the question",
    ];
  const why = said === null ? "" : `: ${said}`;
  return new FailureError(reason, `${url.origin}: ${text} (HTTP ${status.status}${why}).`, { cause: status });
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
