/** Listens for the keys of all commands with one listener, and writes them as keycaps. */
import { tinykeys } from "tinykeys";
import { isAvailable, useCommands, type Command } from "./registry.ts";

/** Inputs, and popups that take letters and arrows for themselves. */
function takesKeys(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.matches("input, textarea, select, [contenteditable]") ||
    target.closest("[role=dialog], [role=menu]") !== null
  );
}

const bindingsOf = (commands: Iterable<Command>): Map<string, Command[]> => {
  const bindings = new Map<string, Command[]>();
  for (const command of commands) {
    for (const key of command.keys ?? []) bindings.set(key, [...(bindings.get(key) ?? []), command]);
  }
  return bindings;
};

/** Follows the registry until the returned function is called. */
export function listenForKeys(target: Window): () => void {
  let stop = (): void => {};
  const listen = (): void => {
    stop();
    const bindings = bindingsOf(useCommands.getState().commands.values());
    const handlers = Object.fromEntries(
      [...bindings].map(([key, commands]) => [
        key,
        (event: KeyboardEvent) => {
          const typing = takesKeys(event.target);
          // Several commands may share a key and differ by when they apply; the one registered last is the innermost.
          const command = commands.findLast((one) => (!typing || one.whileTyping === true) && isAvailable(one));
          if (command === undefined) return;
          event.preventDefault();
          command.run();
        },
      ]),
    );
    // A held key repeats: j and k must go on. A composing one is not yet a key.
    stop = tinykeys(target, handlers, { ignore: (event) => event.isComposing || event.defaultPrevented });
  };
  listen();
  const unsubscribe = useCommands.subscribe(listen);
  return () => {
    unsubscribe();
    stop();
  };
}

const isMac = (): boolean => navigator.platform.startsWith("Mac");

const CAPS: Readonly<Record<string, string>> = {
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
  escape: "Esc",
  backspace: "⌫",
  enter: "↵",
  pageup: "PgUp",
  pagedown: "PgDn",
  contextmenu: "Menu",
};

/** "$mod+k" → ["Ctrl", "K"]. */
export function keycaps(binding: string, mac: boolean = isMac()): readonly string[] {
  return (
    binding
      .split(/(?<=\w|\])\+/u)
      // "[Shift]" is a modifier that may be held or not; "[" alone is a key.
      .filter((part) => !/^\[.+\]$/u.test(part))
      .map((part) => {
        if (part === "$mod") return mac ? "⌘" : "Ctrl";
        const cap = CAPS[part.toLowerCase()];
        if (cap !== undefined) return cap;
        return part.length === 1 && binding.includes("$mod") ? part.toUpperCase() : part;
      })
  );
}
