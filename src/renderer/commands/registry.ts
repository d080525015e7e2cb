/** Every action of the window, once: keys, palette, help sheet and the application's menu all read this list. */
import { useEffect } from "react";
import { create } from "zustand";

export const COMMAND_GROUPS = [
  "Go to",
  "Filter",
  "Timeline",
  "List",
  "Dead letters",
  "Connectors",
  "Case",
  "Window",
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

export interface Command {
  /** "timeline.fit": stable, for menus and tests. */
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** Bindings as tinykeys writes them: "$mod+k", "[Shift]+?". */
  readonly keys?: readonly string[];
  /** Whether its keys work while the person types; only for keys that write nothing. */
  readonly whileTyping?: boolean;
  readonly when?: () => boolean;
  readonly run: () => void;
}

interface Registry {
  readonly commands: ReadonlyMap<string, Command>;
}

export const useCommands = create<Registry>(() => ({ commands: new Map() }));

/** Adds commands until the returned function is called. Throws on an id that is taken. */
export function register(added: readonly Command[]): () => void {
  useCommands.setState(({ commands }) => {
    const next = new Map(commands);
    for (const command of added) {
      if (next.has(command.id)) throw new Error(`two commands are called ${command.id}`);
      next.set(command.id, command);
    }
    return { commands: next };
  });
  return () => {
    useCommands.setState(({ commands }) => {
      const next = new Map(commands);
      for (const { id } of added) next.delete(id);
      return { commands: next };
    });
  };
}

/** Commands of a component, for as long as it is on screen. They must be stable: read changing state inside `run`. */
export function useRegistered(commands: readonly Command[]): void {
  useEffect(() => register(commands), [commands]);
}

export const isAvailable = (command: Command): boolean => command.when?.() ?? true;

/** Runs a command by its id; false when there is none or it does not apply now. */
export function runCommand(id: string): boolean {
  const command = useCommands.getState().commands.get(id);
  if (command === undefined || !isAvailable(command)) return false;
  command.run();
  return true;
}
