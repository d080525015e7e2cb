/** Every setting in groups, edited in the settings file, each with where its value comes from. */
import { CircleAlert, Search, SearchX, X } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { SETTING_GROUPS } from "../../shared/settings/about.ts";
import { SETTINGS } from "../../shared/settings/catalogue.ts";
import type { ResolvedSettings } from "../../shared/settings/resolve.ts";
import { useRegistered, type Command } from "../commands/registry.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { Appearance } from "./appearance.tsx";
import { isFound } from "./draft.ts";
import { SettingRow } from "./row.tsx";
import { SignIns } from "./sign-ins.tsx";
import { useSigningIn } from "./signing-in.ts";
import { findSettings, leaveSettings, loadSettings, useSettings } from "./store.ts";
import "./settings.css";

const WINDOW = "Window";

const COMMANDS: readonly Command[] = [
  { id: "settings.leave", title: "Leave the settings", group: "Go to", keys: ["Escape"], run: leaveSettings },
];

export function SettingsView(): ReactNode {
  const resolved = useSettings((state) => state.resolved);
  const failure = useSettings((state) => state.failure);
  useRegistered(COMMANDS);
  useEffect(() => {
    void loadSettings();
    // People edit the file in another program and come back.
    const reload = (): void => void loadSettings();
    window.addEventListener("focus", reload);
    return () => window.removeEventListener("focus", reload);
  }, []);
  if (resolved !== null) return <SettingsPage resolved={resolved} />;
  if (failure === null) return <SkeletonLines count={8} />;
  return (
    <EmptyState
      title="The settings could not be read"
      actions={<Button onClick={() => void loadSettings()}>Try again</Button>}
    >
      {failure.message}
    </EmptyState>
  );
}

function SettingsPage({ resolved }: { readonly resolved: ResolvedSettings }): ReactNode {
  const typed = useSettings((state) => state.typed);
  const tokens = useSettings((state) => state.tokens);
  const page = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // A sign-in that somebody came for has the focus.
    if (useSigningIn.getState().server === null) search.current?.focus();
  }, []);
  const found = typed.trim() === "" ? SETTINGS : SETTINGS.filter((setting) => isFound(setting, typed.trim()));
  const groups = SETTING_GROUPS.filter((group) => found.some((setting) => setting.group === group));
  const showsWindow = typed.trim() === "";
  const show = (group: string): void =>
    page.current?.querySelector(`[data-group="${group}"]`)?.scrollIntoView({ block: "start" });
  return (
    <section className="settings" aria-label="Settings">
      <header className="settings-header">
        <strong>Settings</strong>
        <label className="settings-find">
          <Search size={13} aria-hidden />
          <input
            ref={search}
            className="field"
            data-main
            placeholder="Find a setting"
            aria-label="Find a setting"
            value={typed}
            onChange={({ target }) => findSettings(target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Escape") return;
              if (typed === "") leaveSettings();
              else findSettings("");
            }}
          />
        </label>
        <span className="spacer" />
        <span className="settings-file selectable mono" title={resolved.file}>
          {resolved.file}
        </span>
        <IconButton icon={X} label="Leave the settings" keys="Escape" onClick={leaveSettings} />
      </header>
      <div className="settings-body">
        <nav className="settings-groups" aria-label="Groups of settings">
          {[...(showsWindow ? [WINDOW] : []), ...groups].map((group) => (
            <button type="button" key={group} onClick={() => show(group)}>
              {group}
            </button>
          ))}
        </nav>
        <div className="settings-page" ref={page}>
          <Problems problems={resolved.problems} />
          {showsWindow && (
            <Group title={WINDOW}>
              <Appearance />
            </Group>
          )}
          {groups.map((group) => (
            <Group key={group} title={group}>
              {group === "Sign-in" && <SignIns tokens={tokens} />}
              {found
                .filter((setting) => setting.group === group)
                .map((setting) => (
                  <SettingRow key={setting.path} setting={setting} resolved={resolved} />
                ))}
            </Group>
          ))}
          {found.length === 0 && (
            <EmptyState
              icon={SearchX}
              title="No setting fits"
              actions={<Button onClick={() => findSettings("")}>Show all settings</Button>}
            >
              None of them is described by these words.
            </EmptyState>
          )}
        </div>
      </div>
    </section>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className="settings-group" aria-label={title} data-group={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Problems({ problems }: { readonly problems: readonly string[] }): ReactNode {
  if (problems.length === 0) return null;
  return (
    <div className="settings-problems" role="alert">
      <CircleAlert size={15} aria-hidden />
      <ul className="selectable">
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  );
}
