/** The open case and what can be done with it. */
import { Menu } from "@base-ui/react/menu";
import { ChevronDown, Copy, FilePlus2, FolderOpen, FolderPlus, History, LogOut } from "lucide-react";
import type { ReactNode } from "react";
import { chooseAndOpen, closeCase, copyCase, openCase, useCase } from "../state/case.ts";
import { attempt } from "../state/notices.ts";

const RECENT_SHOWN = 6;

export function CaseMenu(): ReactNode {
  const title = useCase((state) => state.info?.title);
  const file = useCase((state) => state.info?.file);
  const recent = useCase((state) => state.app?.recent);
  const others = (recent ?? []).filter((one) => one.file !== file && one.exists).slice(0, RECENT_SHOWN);
  return (
    <Menu.Root>
      <Menu.Trigger className="button quiet case-menu">
        <span className="case-title">{title ?? "Faultline"}</span>
        <ChevronDown size={13} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="layer" align="start" sideOffset={4}>
          <Menu.Popup className="popup">
            <Menu.Item className="menu-item" onClick={() => attempt(() => chooseAndOpen("files"))}>
              <FilePlus2 size={14} aria-hidden />
              {file === undefined ? "Open files…" : "Add files…"}
            </Menu.Item>
            <Menu.Item className="menu-item" onClick={() => attempt(() => chooseAndOpen("folder"))}>
              <FolderOpen size={14} aria-hidden />
              {file === undefined ? "Open folder…" : "Add folder…"}
            </Menu.Item>
            {file !== undefined && (
              <Menu.Item className="menu-item" onClick={() => attempt(() => chooseAndOpen("folder", "new"))}>
                <FolderPlus size={14} aria-hidden />
                New case of a folder…
              </Menu.Item>
            )}
            <Menu.Item className="menu-item" onClick={() => attempt(() => chooseAndOpen("case"))}>
              <History size={14} aria-hidden />
              Open case…
            </Menu.Item>
            {file !== undefined && (
              <>
                <div className="menu-line" />
                <Menu.Item className="menu-item" onClick={() => attempt(copyCase)}>
                  <Copy size={14} aria-hidden />
                  Save a copy…
                </Menu.Item>
                <Menu.Item className="menu-item" onClick={() => attempt(closeCase)}>
                  <LogOut size={14} aria-hidden />
                  Close case
                </Menu.Item>
              </>
            )}
            {others.length > 0 && (
              <Menu.Group>
                <div className="menu-line" />
                <Menu.GroupLabel className="menu-label">Recent cases</Menu.GroupLabel>
                {others.map((one) => (
                  <Menu.Item key={one.file} className="menu-item" onClick={() => attempt(() => openCase(one.file))}>
                    {one.title}
                  </Menu.Item>
                ))}
              </Menu.Group>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
