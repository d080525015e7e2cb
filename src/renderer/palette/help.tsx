/** The keys of every command, from the registry itself. */
import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { create } from "zustand";
import { COMMAND_GROUPS, useCommands, type Command, type CommandGroup } from "../commands/registry.ts";
import { IconButton } from "../ui/button.tsx";
import { Keycaps } from "../ui/keycaps.tsx";

export const useHelp = create<{ readonly open: boolean }>(() => ({ open: false }));

interface KeyLine {
  readonly title: string;
  readonly keys: readonly string[];
}

/** Keys that belong to a place and not to a command. */
const PLACES: Partial<Readonly<Record<CommandGroup, readonly KeyLine[]>>> = {
  Filter: [
    { title: "Filters used before", keys: ["ArrowUp", "ArrowDown"] },
    { title: "Take the completion", keys: ["Tab"] },
    { title: "Walk the values (in the facets)", keys: ["ArrowUp", "ArrowDown"] },
    { title: "Only this value, not this value (in the facets)", keys: ["ArrowRight"] },
  ],
  Timeline: [
    { title: "Earlier, later (on the timeline)", keys: ["ArrowLeft", "ArrowRight"] },
    { title: "Previous, next event (on the timeline)", keys: ["ArrowUp", "ArrowDown"] },
  ],
  List: [
    { title: "First, last row (in the list)", keys: ["Home", "End"] },
    { title: "Move the border of a column (on it)", keys: ["ArrowLeft", "ArrowRight"] },
    { title: "Edit, delete (in the notes)", keys: ["Enter", "Delete"] },
  ],
};

export function keyLines(commands: Iterable<Command>): readonly (readonly [CommandGroup, readonly KeyLine[]])[] {
  const all = [...commands];
  return COMMAND_GROUPS.map((group) => {
    const own = all
      .filter((command) => command.group === group && (command.keys?.length ?? 0) > 0)
      .map(({ title, keys }) => ({ title, keys: keys ?? [] }));
    return [group, [...own, ...(PLACES[group] ?? [])]] as const;
  }).filter(([, lines]) => lines.length > 0);
}

export function Help(): ReactNode {
  const open = useHelp((state) => state.open);
  const commands = useCommands((state) => state.commands);
  const body = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => useHelp.setState({ open: next })} modal="trap-focus">
      <Dialog.Portal>
        {/* Not the button: its hint would take the first Escape, and keys scroll the list. */}
        <Dialog.Popup className="palette help" initialFocus={body}>
          <header className="help-head">
            <Dialog.Title>Keys</Dialog.Title>
            <span className="spacer" />
            <Dialog.Close render={<IconButton icon={X} label="Close" keys="Escape" />} />
          </header>
          <div ref={body} className="help-body" tabIndex={-1}>
            {keyLines(commands.values()).map(([group, lines]) => (
              <section key={group}>
                <h3>{group}</h3>
                <dl>
                  {lines.map(({ title, keys }) => (
                    <div key={title} className="help-line">
                      <dt>{title}</dt>
                      <dd>
                        {keys.map((binding) => (
                          <Keycaps key={binding} binding={binding} />
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
