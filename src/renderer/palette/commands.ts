import type { Command } from "../commands/registry.ts";
import { useHelp } from "./help.tsx";
import { usePalette } from "./palette.tsx";

export const paletteCommands: readonly Command[] = [
  {
    id: "palette.open",
    title: "Command palette",
    group: "Window",
    keys: ["$mod+k"],
    whileTyping: true,
    run: () => usePalette.setState(({ open }) => ({ open: !open })),
  },
  { id: "help.keys", title: "Keys", group: "Window", keys: ["[Shift]+?"], run: () => useHelp.setState({ open: true }) },
];
