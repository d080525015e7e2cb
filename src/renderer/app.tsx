/** The window: title bar, rail, workspace, status bar, and what floats above them. */
import { useEffect, type ReactNode } from "react";
import { on } from "./bridge.ts";
import { listenForKeys } from "./commands/keys.ts";
import { runCommand, useRegistered } from "./commands/registry.ts";
import { detailCommands } from "./detail/commands.ts";
import { filterCommands } from "./filter/commands.ts";
import { ContextMenu } from "./menu/context-menu.tsx";
import { paletteCommands } from "./palette/commands.ts";
import { Help } from "./palette/help.tsx";
import { Palette } from "./palette/palette.tsx";
import { windowCommands } from "./shell/commands.ts";
import { DropTarget } from "./shell/drop.tsx";
import { Notices } from "./shell/notices.tsx";
import { Rail } from "./shell/rail.tsx";
import { StatusBar } from "./shell/status-bar.tsx";
import { TitleBar } from "./shell/title-bar.tsx";
import { Workspace } from "./shell/workspace.tsx";
import { openPaths, useCase } from "./state/case.ts";
import { Hints } from "./ui/tooltip.tsx";
import { VIEWS } from "./views/registry.ts";
import "./shell/shell.css";

export function App(): ReactNode {
  useRegistered(windowCommands);
  useRegistered(filterCommands);
  useRegistered(paletteCommands);
  useRegistered(detailCommands);
  useEffect(() => listenForKeys(window), []);
  useEffect(
    () =>
      on("app.command", ({ command, paths }) => {
        if (command === "open") openPaths(paths ?? []);
        else runCommand(command);
      }),
    [],
  );
  const title = useCase((state) => state.info?.title);
  return (
    <Hints delay={400}>
      <title>{title === undefined ? "Faultline" : `${title} · Faultline`}</title>
      <div className="app">
        <TitleBar />
        <Rail />
        <Workspace />
        <StatusBar />
      </div>
      <Companions />
      <ContextMenu />
      <Palette />
      <Help />
      <Notices />
      <DropTarget />
    </Hints>
  );
}

/** What the views bring along wherever the person is. */
function Companions(): ReactNode {
  const open = useCase((state) => state.info !== null);
  if (!open) return null;
  return VIEWS.map(({ id, companion: Companion }) => Companion && <Companion key={id} />);
}
