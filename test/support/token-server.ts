// A server on this machine that gives OAuth 2 tokens (RFC 6749), and a Prometheus beside it that lets in only whoever
// shows the token of the moment. Time passes there when the test says so.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export const CLIENT = { id: "fault line", secret: "s3cret:of/the client+" };
const SAMPLES =
  '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up"},"values":[[1772373600,"1"],[1772373615,"1"]]}]}}';

export interface TokenServer {
  readonly origin: string;
  readonly tokenUrl: string;
  /** An address whose window is over. */
  readonly address: string;
  /** Forms that came to the token endpoint. */
  readonly forms: URLSearchParams[];
  /** Authorization headers that came with queries. */
  readonly shown: (string | null)[];
  /** No token that was given so far is good any more. */
  expireAll(): void;
  /** Lets this token in, too. */
  accept(token: string): void;
  /** What the token endpoint answers instead, in turn. */
  refuse(...answers: { readonly status: number; readonly body: string }[]): void;
  /** The refresh token that is good now. */
  readonly refreshToken: string;
}

export async function tokenServer({ expiresIn = 3_600 } = {}): Promise<TokenServer> {
  const forms: URLSearchParams[] = [];
  const shown: (string | null)[] = [];
  const good = new Set<string>();
  const refusals: { status: number; body: string }[] = [];
  let given = 0;
  let refreshToken = "refresh-0";

  const json = (response: ServerResponse, status: number, body: string): void =>
    void response.writeHead(status, { "content-type": "application/json" }).end(body);

  const giveToken = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = "";
    for await (const part of request) body += String(part);
    const form = new URLSearchParams(body);
    forms.push(form);
    const refusal = refusals.shift();
    if (refusal !== undefined) return json(response, refusal.status, refusal.body);
    if (!isClient(request, form)) return json(response, 401, '{"error":"invalid_client"}');
    const refreshes = form.get("grant_type") === "refresh_token";
    if (refreshes && form.get("refresh_token") !== refreshToken) {
      const said = `unknown token ${form.get("refresh_token")}`;
      return json(response, 400, JSON.stringify({ error: "invalid_grant", error_description: said }));
    }
    given += 1;
    const token = `access-${given}`;
    good.add(token);
    // A refresh token is good once.
    if (refreshes) refreshToken = `refresh-${given}`;
    const answer = { access_token: token, token_type: "bearer", expires_in: expiresIn };
    json(response, 200, JSON.stringify(refreshes ? { ...answer, refresh_token: refreshToken } : answer));
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/token" && request.method === "POST") return void giveToken(request, response);
    const authorization = request.headers.authorization ?? null;
    shown.push(authorization);
    const token = authorization?.startsWith("Bearer ") === true ? authorization.slice(7) : "";
    if (good.has(token)) return json(response, 200, SAMPLES);
    json(response, 401, JSON.stringify({ status: "error", error: `who is ${token}?` }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    tokenUrl: `${origin}/token`,
    address: `prometheus:${origin}/?query=up&start=1772373600&end=1772373660&step=15s`,
    forms,
    shown,
    expireAll: () => good.clear(),
    accept: (token) => void good.add(token),
    refuse: (...answers) => void refusals.push(...answers),
    get refreshToken() {
      return refreshToken;
    },
  };
}

/** Basic, with both encoded as in a form; a public client names itself in the form. */
function isClient(request: IncomingMessage, form: URLSearchParams): boolean {
  const { authorization } = request.headers;
  if (authorization === undefined) return form.get("client_id") === CLIENT.id;
  const pair = Buffer.from(authorization.replace(/^Basic /u, ""), "base64").toString("utf8");
  const [id, secret] = pair.split(":").map((part) => new URLSearchParams(`x=${part}`).get("x"));
  return id === CLIENT.id && secret === CLIENT.secret;
}
