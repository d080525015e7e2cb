/** The calls about connectors: how their targets do, and what a person decides over them. */
import type { CallInput } from "../../shared/contract.ts";
import type { Source } from "../../shared/model/source.ts";
import type { EngineCalls, EngineParts } from "./engine-calls.ts";
import type { Decision } from "./health/connector-home.ts";

type ConnectorCall = Extract<keyof EngineCalls, `connectors.${string}`>;

export function connectorCalls(
  engine: Pick<EngineParts, "connectors" | "openSession" | "tokens">,
): Pick<EngineCalls, ConnectorCall> {
  const { connectors } = engine;
  const sources = async (): Promise<readonly Source[] | null> => (await engine.openSession?.sources()) ?? null;
  const decide =
    (decision: Decision) =>
    async ({ name }: CallInput<"connectors.reset">) =>
      connectors.decide(decision, name, await sources());
  return {
    "connectors.list": async () => connectors.list(await sources()),
    "connectors.health": () => Promise.resolve(connectors.health()),
    "connectors.reset": decide("reset"),
    "connectors.holdOpen": decide("hold-open"),
    "connectors.disable": decide("disable"),
    "connectors.enable": decide("enable"),
    "connectors.retryNow": decide("retry-now"),
    "connectors.signIn": async ({ name, request }) => {
      await connectors.signIn(name, request);
      return await engine.tokens.list();
    },
  };
}
