/** The open case as the engine last described it, and the ways to another one. */
import { create } from "zustand";
import type { CallOutput, CaseInfo, PushPayload } from "../../shared/contract.ts";
import { call, on } from "../bridge.ts";
import { focusOn } from "./focus.ts";
import { attempt, notify, notifyFailure } from "./notices.ts";
import { resetSelection } from "./selection.ts";

export type AppInfo = CallOutput<"app.info">;
export type Progress = PushPayload<"import.progress">;
export type SourceInfo = Progress["sources"][number];

interface CaseState {
  /** "starting" until the engine has told what is open. */
  readonly phase: "starting" | "none" | "opening" | "open";
  readonly app: AppInfo | null;
  readonly info: CaseInfo | null;
  readonly sources: readonly SourceInfo[];
  readonly bytesPerSecond: number;
}

export const useCase = create<CaseState>(() => ({
  phase: "starting",
  app: null,
  info: null,
  sources: [],
  bytesPerSecond: 0,
}));

/** Grows with every commit of the open case; null while none is open. What was asked under another one is stale. */
export const useRevision = (): number | null => useCase((state) => state.info?.revision ?? null);

/** True when an older description must not replace a newer one. */
function isStale(known: CaseInfo | null, arrived: CaseInfo | null): boolean {
  return known !== null && arrived !== null && known.file === arrived.file && arrived.revision < known.revision;
}

export function takeInfo(info: CaseInfo | null): void {
  const state = useCase.getState();
  if (isStale(state.info, info)) return;
  const sameCase = state.info?.file === info?.file;
  if (!sameCase) {
    resetSelection();
    focusOn(null);
  }
  useCase.setState({
    info,
    phase: info === null ? (state.phase === "opening" ? "opening" : "none") : "open",
    ...(sameCase ? {} : { sources: [], bytesPerSecond: 0 }),
  });
  if (info !== null && !sameCase) void readSources();
}

async function readSources(): Promise<void> {
  try {
    useCase.setState({ sources: await call("sources.list", undefined) });
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

/** Asks what is open and follows the engine from then on. */
export async function startCase(): Promise<void> {
  on("case.changed", ({ info }) => {
    takeInfo(info);
    // The last word of an import may come without a last progress row.
    if (info?.reading === 0) void readSources();
  });
  on("import.progress", ({ sources, bytesPerSecond }) => {
    useCase.setState((state) => ({ sources: mergeSources(state.sources, sources), bytesPerSecond }));
  });
  on("app.failure", ({ message }) => notify("failure", message));
  try {
    await refreshApp();
    takeInfo(useCase.getState().app?.openCase ?? null);
  } catch (thrown) {
    useCase.setState({ phase: "none" });
    notifyFailure(thrown);
  }
}

/** Progress may name only the sources that moved. */
export function mergeSources(known: readonly SourceInfo[], moved: readonly SourceInfo[]): readonly SourceInfo[] {
  const byId = new Map(known.map((source) => [source.id, source]));
  for (const source of moved) byId.set(source.id, source);
  return [...byId.values()].sort((a, b) => a.id - b.id);
}

export async function refreshApp(): Promise<void> {
  useCase.setState({ app: await call("app.info", undefined) });
}

async function opening(answer: Promise<CaseInfo>): Promise<void> {
  const before = useCase.getState().phase;
  useCase.setState({ phase: before === "open" ? "open" : "opening" });
  try {
    takeInfo(await answer);
    await refreshApp();
  } catch (thrown) {
    useCase.setState((state) => ({ phase: state.info === null ? "none" : "open" }));
    throw thrown;
  }
}

export const createCase = (paths: readonly string[]): Promise<void> => opening(call("case.create", { paths }));
export const openCase = (file: string): Promise<void> => opening(call("case.open", { file }));
export const addToCase = (paths: readonly string[]): Promise<void> => opening(call("case.add", { paths }));

/** Dropped or chosen paths go into the open case, or into a new one; a case file is opened instead. */
export function openPaths(paths: readonly string[]): void {
  if (paths.length === 0) return;
  const isCaseFile = paths.length === 1 && paths[0]?.endsWith(".faultline") === true;
  const intoOpen = useCase.getState().info !== null && !isCaseFile;
  attempt(() => (intoOpen ? addToCase(paths) : createCase(paths)));
}

/** @param into "new" begins another case even while one is open. */
export async function chooseAndOpen(what: "files" | "folder" | "case", into: "open" | "new" = "open"): Promise<void> {
  const paths = await call("app.choose", { what });
  if (paths === null || paths.length === 0) return;
  if (into === "new") await createCase(paths);
  else openPaths(paths);
}

export async function closeCase(): Promise<void> {
  await call("case.close", undefined);
  takeInfo(null);
  await refreshApp();
}

export async function copyCase(): Promise<void> {
  const chosen = await call("app.choose", { what: "save-case" });
  const file = chosen?.[0];
  if (file === undefined) return;
  await call("case.copyTo", { file });
  notify("info", `The case was copied to ${file}.`);
}

export async function cancelImport(sourceId: number | null): Promise<void> {
  await call("import.cancel", { sourceId });
}
