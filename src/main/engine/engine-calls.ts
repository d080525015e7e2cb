/** What the engine answers, and what its answers are made from. */
import type { CallInput, CallName, CallOutput, CaseInfo } from "../../shared/contract.ts";
import type { APP_CALLS } from "../../shared/contract/app.ts";
import type { CaseSession } from "./case-session.ts";
import type { ConnectorHome } from "./health/connector-home.ts";
import type { SettingsHome } from "./settings/settings-home.ts";
import type { Library } from "./store/library.ts";
import type { TokenStore } from "./tokens/token-store.ts";

/** Everything of the contract but what the application around the engine answers itself. */
export type EngineCallName = Exclude<CallName, "app.info" | "app.choose" | keyof typeof APP_CALLS>;
export type EngineCalls = { readonly [N in EngineCallName]: (input: CallInput<N>) => Promise<CallOutput<N>> };

/** What the calls work on. */
export interface EngineParts {
  readonly library: Library;
  readonly settings: SettingsHome;
  readonly tokens: TokenStore;
  readonly connectors: ConnectorHome;
  /** The open case; fails with "no-case". */
  readonly session: CaseSession;
  readonly openSession: CaseSession | null;
  openPaths(paths: readonly string[]): Promise<CaseInfo>;
  /** Reads more into the open case. */
  addToCase(paths: readonly string[]): Promise<CaseInfo>;
  openCase(file: string): Promise<CaseInfo>;
  closeCase(): Promise<void>;
}
