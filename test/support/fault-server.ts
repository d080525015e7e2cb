// An HTTP server on this machine that plays what goes wrong between a client and a server, one play a request. What is
// played for a path is written down by the test; the last play of a path is played for all further requests.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";

export type Play =
  | { readonly type: "answer"; readonly body: string }
  | {
      readonly type: "status";
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    }
  /** Closes the connection by force before any answer. */
  | { readonly type: "reset" }
  /** Takes the question and never answers. */
  | { readonly type: "stall" }
  /** Begins the body and never goes on. */
  | { readonly type: "slow-body"; readonly body: string }
  /** Announces the whole length, sends a part, closes. */
  | { readonly type: "truncated"; readonly body: string; readonly bytes: number }
  /** Announces fewer bytes than the body has, so that a client sees it end early. */
  | { readonly type: "wrong-length"; readonly body: string; readonly bytes: number }
  /** Sends no length, and ends the body in the middle of a chunk. */
  | { readonly type: "broken-chunks"; readonly body: string }
  | { readonly type: "redirect"; readonly to: string };

export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | null;
  /** Codings that the client takes. */
  readonly codings: string | null;
}

export interface FaultServer {
  readonly origin: string;
  readonly port: number;
  readonly asked: Asked[];
  /** What happens to the requests of a path, in turn. */
  on(path: string, ...plays: readonly (Play | ((asked: Asked) => Play))[]): void;
  /** Refuses connections from now on. */
  close(): Promise<void>;
}

export async function faultServer(): Promise<FaultServer> {
  const plays = new Map<string, (Play | ((asked: Asked) => Play))[]>();
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const { authorization = null, "accept-encoding": codings = null } = request.headers;
    const one = { path: pathname, query: searchParams, authorization, codings: codings?.toString() ?? null };
    asked.push(one);
    const left = plays.get(pathname) ?? [];
    const play = left.length > 1 ? left.shift() : left[0];
    if (play === undefined) response.writeHead(404).end();
    else perform(typeof play === "function" ? play(one) : play, request, response);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, "close");
  };
  onTestFinished(close);
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    asked,
    on: (path, ...list) => void plays.set(path, [...list]),
    close,
  };
}

function perform(play: Play, request: IncomingMessage, response: ServerResponse): void {
  const socket = request.socket;
  switch (play.type) {
    case "answer":
      return void response.writeHead(200, { "content-type": "application/json" }).end(play.body);
    case "status":
      return void response.writeHead(play.status, play.headers).end(play.body ?? "");
    case "reset":
      return void socket.resetAndDestroy();
    case "stall":
      return;
    case "slow-body":
      response.writeHead(200, { "content-length": Buffer.byteLength(play.body) });
      return void response.write(play.body.slice(0, 1));
    case "truncated":
      response.writeHead(200, { "content-length": Buffer.byteLength(play.body) });
      return void response.write(play.body.slice(0, play.bytes), () => socket.destroy());
    case "wrong-length":
      return void socket.end(
        `HTTP/1.1 200 OK\r\ncontent-length: ${play.bytes}\r\nconnection: close\r\n\r\n${play.body}`,
      );
    case "broken-chunks":
      return void socket.end(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffff\r\n${play.body}`);
    case "redirect":
      return void response.writeHead(302, { location: play.to }).end();
  }
}
