/** `faultline connectors sign-in | sign-out | sign-ins`. No secret is ever an argument: those are seen by everybody. */
import type { Command } from "commander";
import type { TokenStatus } from "../../../shared/contract.ts";
import type { SignInRequest } from "../../../shared/contract/connectors.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import { EXIT_FAILED, UsageError } from "../failure-exit.ts";
import { isoMicros } from "../iso-time.ts";
import { printable } from "../printable.ts";
import { readSecret } from "../read-secret.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { checkTokenKey } from "../token-key.ts";

interface SignInOptions {
  readonly secretEnv?: string;
  readonly tokenUrl?: string;
  readonly clientId?: string;
  readonly scope?: string;
  readonly refreshToken?: true;
  readonly clientSecretEnv?: string;
  readonly json?: true;
}

export function addSignInCommands(command: Command, terminal: Terminal, connectors: CommandConnectors): void {
  const show = async (statuses: readonly TokenStatus[], json: true | undefined): Promise<void> => {
    if (json) await terminal.printJson({ signIns: statuses });
    else await terminal.print(signInText(statuses));
  };
  command
    .command("sign-in")
    .description(
      "sign in to a server: with a bearer token, or with OAuth 2 (client credentials, refresh token); the secret is read from stdin",
    )
    .argument("<name>", "connector and server: prometheus:https://metrics.example")
    .option("--secret-env <variable>", "read the secret from this environment variable in place of stdin")
    .option("--token-url <url>", "token endpoint; with --client-id: the secret is the client's")
    .option("--client-id <id>", "client that the token endpoint knows")
    .option("--scope <scope>", "what the token is to be good for")
    .option("--refresh-token", "the secret is a refresh token")
    .option("--client-secret-env <variable>", "with --refresh-token: environment variable of the client's own secret")
    .option("--json", "print one JSON object")
    .action(async (name: string, options: SignInOptions) => {
      checkTokenKey(process.env);
      checkOptions(options);
      const secret =
        options.secretEnv === undefined ? await readSecret(process.stdin, process.stderr) : fromEnv(options.secretEnv);
      const signedIn = await connectors.home.signIn(name, requestOf(options, secret));
      if (isOpenToAll(signedIn)) {
        terminal.complain(`${signedIn} is not asked over https: whoever is on the way can read the token.`);
      }
      const status = await connectors.tokens.status(signedIn);
      await show(status === null ? [] : [status], options.json);
    });
  command
    .command("sign-out")
    .description("forget a sign-in")
    .argument("<name>", "as sign-ins names it")
    .option("--json", "print one JSON object")
    .action(async (name: string, { json }: SignInOptions) => {
      if (!connectors.tokens.has(name)) throw new UsageError(`Nobody is signed in to ${name}.`);
      connectors.tokens.signOut(name);
      await show(await connectors.tokens.list(), json);
    });
  command
    .command("sign-ins")
    .description("who is signed in to which server, and until when; exit code 1 when one of them has failed")
    .option("--json", "print one JSON object")
    .action(async ({ json }: SignInOptions) => {
      const statuses = await connectors.tokens.list();
      await show(statuses, json);
      if (statuses.some(({ state }) => FAILED.has(state))) process.exitCode = EXIT_FAILED;
    });
}

const FAILED: ReadonlySet<TokenStatus["state"]> = new Set(["refresh-failed", "unreadable"]);

function checkOptions({ tokenUrl, clientId, scope, refreshToken, clientSecretEnv }: SignInOptions): void {
  if ((tokenUrl === undefined) !== (clientId === undefined)) {
    throw new UsageError("--token-url and --client-id go together.");
  }
  if (tokenUrl === undefined && (scope !== undefined || refreshToken === true)) {
    throw new UsageError("--scope and --refresh-token need --token-url and --client-id.");
  }
  if (clientSecretEnv !== undefined && refreshToken !== true) {
    throw new UsageError("--client-secret-env goes with --refresh-token; without it the secret is the client's.");
  }
}

function requestOf({ tokenUrl, clientId, ...options }: SignInOptions, secret: string): SignInRequest {
  if (tokenUrl === undefined || clientId === undefined) return { method: "bearer", token: secret };
  const { scope = "", clientSecretEnv } = options;
  const client = { tokenUrl, clientId, scope };
  if (options.refreshToken !== true) return { method: "client-credentials", ...client, clientSecret: secret };
  const clientSecret = clientSecretEnv === undefined ? null : fromEnv(clientSecretEnv);
  return { method: "refresh-token", ...client, clientSecret, refreshToken: secret };
}

function fromEnv(variable: string): string {
  const secret = process.env[variable]?.trim() ?? "";
  if (secret === "") throw new UsageError(`The environment variable ${variable} is not set, or empty.`);
  return secret;
}

/** Over http, to another machine. */
function isOpenToAll(name: string): boolean {
  const { protocol, hostname } = new URL(name.slice(name.indexOf(":") + 1));
  return protocol === "http:" && !/^(?:localhost|127\..*|\[::1\])$/u.test(hostname);
}

function signInText(statuses: readonly TokenStatus[]): string {
  if (statuses.length === 0) return "Nobody is signed in.\n";
  const rows = statuses.map(({ connector, state, expiresAt, message }) => [
    printable(connector),
    state,
    expiresAt === null ? "does not end" : isoMicros(Math.round(expiresAt)),
    printable(message),
  ]);
  return table(["server", "state", "until", "what to know"], rows);
}
