/** What a person may decide over the chosen target, while the connectors are on screen. */
import type { Command } from "../commands/registry.ts";
import { decide, useConnectors, type Decision } from "./store.ts";

const chosenTarget = () => {
  const { connectors, chosen } = useConnectors.getState();
  return connectors?.flatMap(({ targets }) => targets).find(({ name }) => name === chosen);
};

const command = (id: string, title: string, decision: Decision, applies: (state: string) => boolean): Command => ({
  id: `connectors.${id}`,
  title,
  group: "Connectors",
  when: () => {
    const target = chosenTarget();
    return target !== undefined && applies(target.state);
  },
  run: () => {
    const target = chosenTarget();
    if (target !== undefined) decide(decision, target.name);
  },
});

export const connectorCommands: readonly Command[] = [
  command("retry-now", "Retry the target now", "retryNow", (state) => state === "open"),
  command("reset", "Reset the target", "reset", () => true),
  command("hold-open", "Hold the target open", "holdOpen", (state) => state !== "held-open"),
  command("disable", "Disable the target's breaker", "disable", (state) => state !== "disabled"),
  command("enable", "Enable the target's breaker", "enable", (state) => state === "disabled"),
];
