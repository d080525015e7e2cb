/** The settings as the engine last told them, the search of the view, and where to go when it is left. */
import { create } from "zustand";
import type { TokenStatus } from "../../shared/contract.ts";
import type { SignInRequest } from "../../shared/contract/connectors.ts";
import { asFailure, type Failure } from "../../shared/failure.ts";
import type { SettingValue } from "../../shared/settings/value.ts";
import type { ResolvedSettings } from "../../shared/settings/resolve.ts";
import { call, on } from "../bridge.ts";
import { formatCountOf } from "../../shared/text/number.ts";
import { useCase } from "../state/case.ts";
import { notify } from "../state/notices.ts";
import { showView, useLayout } from "../state/layout.ts";

interface SettingsState {
  readonly resolved: ResolvedSettings | null;
  readonly tokens: readonly TokenStatus[];
  readonly failure: Failure | null;
  readonly typed: string;
}

export const useSettings = create<SettingsState>(() => ({ resolved: null, tokens: [], failure: null, typed: "" }));

export const findSettings = (typed: string): void => useSettings.setState({ typed });

let viewBefore = useLayout.getState().view;

useLayout.subscribe((now, before) => {
  if (now.view === "settings" && before.view !== "settings") viewBefore = before.view;
});

export function leaveSettings(): void {
  if (useLayout.getState().view === "settings") showView(viewBefore);
}

// Who opens a case wants to see it.
useCase.subscribe((now, before) => {
  if (now.info !== null && now.info.file !== before.info?.file) leaveSettings();
});

/** The file is read anew: it may have been edited by hand. */
export async function loadSettings(): Promise<void> {
  try {
    const [resolved, tokens] = await Promise.all([call("settings.read", undefined), call("tokens.list", undefined)]);
    useSettings.setState({ resolved, tokens, failure: null });
  } catch (thrown) {
    useSettings.setState({ failure: asFailure(thrown) });
  }
}

/** At the start: what was refused is said where nobody looks at the settings. */
export async function tellProblems(): Promise<void> {
  await loadSettings();
  const [problem, ...more] = useSettings.getState().resolved?.problems ?? [];
  if (problem === undefined) return;
  const others = more.length === 0 ? "" : ` And ${formatCountOf(more.length, "more problem")}.`;
  notify("failure", `${problem}${others}`, { title: "Settings", run: () => showView("settings") });
}

/** Reads the settings again when their file was edited outside of the window, until the returned function is called. */
export const followSettings = (): (() => void) => on("settings.changed", () => void tellProblems());

/** Null when it was saved; null as the value takes it out of the file. */
export async function writeSetting(path: string, value: SettingValue | null): Promise<Failure | null> {
  try {
    useSettings.setState({ resolved: await call("settings.write", { path, value }) });
    return null;
  } catch (thrown) {
    return asFailure(thrown);
  }
}

/** @param name of a connector and the server that it asks. */
export async function signIn(name: string, request: SignInRequest): Promise<void> {
  useSettings.setState({ tokens: await call("connectors.signIn", { name, request }) });
}

export async function signOut(connector: string): Promise<void> {
  useSettings.setState({ tokens: await call("tokens.signOut", { connector }) });
}
