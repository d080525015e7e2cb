/**
 * The one home of calls to the outside: the policies around them, what is known of their targets, what a person decided
 * over those, and the log of it all. Connectors get its `run`.
 */
import type {
  ConnectorAction,
  ConnectorHealth,
  ConnectorRow,
  ConnectorTarget,
} from "../../../shared/contract/connectors.ts";
import { FailureError, type Failure } from "../../../shared/failure.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { SignInRequest } from "../../../shared/contract/connectors.ts";
import type { Run } from "../../../shared/run.ts";
import type { ResolvedSettings } from "../../../shared/settings/resolve.ts";
import { sparingDisks } from "../connectors/support/mount.ts";
import type { CircuitBreaker } from "../resilience/circuit-breaker.ts";
import { type Clock, systemClock } from "../resilience/clock.ts";
import type { ResilienceEvent } from "../resilience/events.ts";
import type { LogLine } from "../resilience/log-listener.ts";
import { type Random, systemRandom } from "../resilience/random.ts";
import { Resilience } from "../resilience/resilience.ts";
import { runThrough } from "../resilience/run.ts";
import type { ResilienceSettings } from "../resilience/settings.ts";
import { SignIns } from "../tokens/sign-ins.ts";
import type { TokenStore } from "../tokens/token-store.ts";
import type { ActionRow, ConnectorRows } from "../store/connector-rows.ts";
import { ConnectorState } from "./connector-state.ts";
import { type ConnectorKind, ConnectorList, type LastError } from "./connector-list.ts";
import { liveSettings } from "./live-settings.ts";
import { patientRun } from "./patient-run.ts";
import { signInName } from "./sign-in-name.ts";
import { signedRun } from "./signed-run.ts";
import { tokenEndpoint } from "./token-endpoint.ts";
import { splitName } from "./target-name.ts";

export interface ConnectorHomeOptions {
  readonly rows: ConnectorRows;
  readonly connectors: readonly ConnectorKind[];
  readonly settings: () => ResolvedSettings;
  /** Who decides what is decided here. */
  readonly actor: string;
  /** Sign-ins that calls to servers show; without them they show none. */
  readonly tokens?: TokenStore;
  readonly log?: (line: LogLine) => void;
  /** At most four times a second. */
  readonly onChanged?: () => void;
  readonly onFailure?: (failure: Failure) => void;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Calls back once; an appointment keeps no process alive. */
  readonly later?: (delayMs: number, callback: () => void) => () => void;
}

export type Decision = ConnectorAction["action"];

/** What the person or a policy did; the error that a breaker opened for is worth more than its refusals. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(["cancelled", "refused"]);
const CHANGED_MS = 250;
const SAVE_MS = 2_000;
/** Errors in words that are kept for targets whose breaker does not count them. */
const MOST_ERRORS = 1_000;
const MOST_ACTIONS = 2_000;
/** How long a decision of another process may go unnoticed. */
const LOOK_MS = 1_000;

export class ConnectorHome implements Disposable {
  readonly run: Run;
  readonly resilience: Resilience;
  readonly settings: ResilienceSettings;
  readonly #options: ConnectorHomeOptions;
  readonly #clock: Clock;
  readonly #state: ConnectorState;
  readonly #list: ConnectorList;
  readonly #signIns: SignIns | undefined;
  readonly #lastErrors = new Map<string, LastError>();
  /** Newest first. */
  readonly #actions = new Map<string, ConnectorAction[]>();
  readonly #appointments = new Map<string, () => void>();
  /** Of the decisions in the library that are obeyed here. */
  #lastActionId = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(options: ConnectorHomeOptions) {
    const { rows, connectors, settings, log = () => {}, clock = systemClock, random = systemRandom } = options;
    this.#options = options;
    this.#clock = clock;
    this.settings = liveSettings(settings, connectors);
    this.resilience = new Resilience({ settings: this.settings, log, clock, random });
    this.#state = new ConnectorState(rows, clock);
    for (const failure of this.#state.restore(this.resilience)) options.onFailure?.(failure);
    this.#obeyOthers({ isStart: true });
    const patient = patientRun(runThrough(this.resilience), clock);
    this.#signIns = options.tokens && new SignIns(options.tokens, tokenEndpoint(patient, clock));
    const run = this.signed(sparingDisks(patient));
    this.run = (call, action, signal, fallback) => {
      this.#obeyOthers();
      return run(call, action, signal, fallback);
    };
    this.#list = new ConnectorList({
      resilience: this.resilience,
      settings: this.settings,
      connectors,
      lastError: (name) => this.#lastErrors.get(name) ?? null,
      actions: (name) => this.#actions.get(name) ?? [],
    });
    this.resilience.events.on((event) => this.#heard(event));
  }

  /** Dead letters are those of these sources; null when no case is open. */
  list(sources: readonly Source[] | null): readonly ConnectorRow[] {
    this.#obeyOthers();
    return this.#list.rows(sources);
  }

  health(): ConnectorHealth {
    this.#obeyOthers();
    return this.#list.health();
  }

  /** What a person decides over a target, or over all targets of a connector. */
  decide(decision: Decision, name: string, sources: readonly Source[] | null = null): readonly ConnectorTarget[] {
    this.#obeyOthers();
    const breakers = this.#breakersOf(name);
    for (const breaker of breakers) {
      if (!DECISIONS[decision](breaker, this.#options.actor)) continue;
      const at = this.#clock.wall() * 1_000;
      this.#remember(breaker.name, { action: decision, by: this.#options.actor, at });
      this.#lastActionId = this.#options.rows.addAction({
        ...splitName(breaker.name),
        action: decision,
        actor: this.#options.actor,
        decidedAt: Math.round(at),
      });
      this.#state.breakerChanged(breaker.name);
    }
    this.save();
    return this.#list.targets(new Set(breakers.map((breaker) => breaker.name)), sources);
  }

  /** The same calls, which show who is signed in to their servers. */
  signed(run: Run): Run {
    const remote = new Set(this.#options.connectors.filter(({ isRemote }) => isRemote).map(({ id }) => id));
    return this.#signIns === undefined ? run : signedRun(run, this.#signIns, (id) => remote.has(id));
  }

  /** Signs in to the server of a target, "connector:URL". */
  async signIn(name: string, request: SignInRequest): Promise<string> {
    const target = signInName(name, this.#options.connectors);
    if (this.#signIns === undefined) throw new FailureError("bad-sign-in", "There is no place for sign-ins here.");
    await this.#signIns.signIn(target, request);
    return target;
  }

  /** Writes down what changed. It happens by itself, soon after a change and at the end. */
  save(): void {
    for (const failure of this.#state.save(this.resilience)) this.#options.onFailure?.(failure);
  }

  /** Each operation of each connector over each window, one JSON object a line. */
  jsonLines(): string {
    return this.resilience.statistics.jsonLines();
  }

  [Symbol.dispose](): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const cancel of this.#appointments.values()) cancel();
    this.save();
  }

  #heard(event: ResilienceEvent): void {
    if (this.#isClosed) return;
    if (event.type === "call") {
      this.#state.count(event);
      if (event.errorClass !== null && !SAYS_NOTHING.has(event.errorClass)) {
        this.#rememberError(event.name, { errorClass: event.errorClass, message: event.message ?? "" });
      }
    } else if (event.type === "breaker") {
      this.#state.breakerChanged(event.name);
      // Nothing is heard of a breaker whose time has passed until somebody looks at it.
      if (event.openMs !== null) this.#appoint(`open ${event.name}`, event.openMs, () => this.#tell());
    }
    this.#appoint("changed", CHANGED_MS, () => this.#tell());
    this.#appoint("save", SAVE_MS, () => this.save());
  }

  #tell(): void {
    this.#options.onChanged?.();
  }

  /** One of a kind at a time. */
  #appoint(kind: string, delayMs: number, callback: () => void): void {
    if (this.#appointments.has(kind)) return;
    const { later = unreferenced } = this.#options;
    const cancel = later(delayMs, () => {
      this.#appointments.delete(kind);
      callback();
    });
    this.#appointments.set(kind, cancel);
  }

  #rememberError(name: string, error: Omit<LastError, "at">): void {
    this.#lastErrors.delete(name);
    this.#lastErrors.set(name, { ...error, at: this.#clock.wall() * 1_000 });
    const [oldest] = this.#lastErrors.keys();
    if (this.#lastErrors.size > MOST_ERRORS && oldest !== undefined) this.#lastErrors.delete(oldest);
  }

  /**
   * Takes up what was decided in other processes since: whoever resets a breaker on the command line means the one of the
   * open window too. At the start the breakers that were saved have obeyed already.
   */
  #obeyOthers({ isStart = false } = {}): void {
    const now = this.#clock.now();
    if (now - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = now;
    for (const row of this.#newDecisions().toReversed()) {
      const { id, connector, target, action, actor, decidedAt } = row;
      this.#lastActionId = id;
      if (!isDecision(action)) continue;
      const name = `${connector}:${target}`;
      this.#remember(name, { action, by: actor, at: decidedAt });
      if (isStart) continue;
      DECISIONS[action](this.resilience.breakers.get({ connector, target }), actor);
      this.#state.breakerChanged(name);
    }
  }

  /** None of a library that cannot be read: its failure is that of the next save. */
  #newDecisions(): readonly ActionRow[] {
    try {
      return this.#options.rows.actions(this.#lastActionId, MOST_ACTIONS);
    } catch {
      return [];
    }
  }

  #remember(name: string, action: ConnectorAction): void {
    this.#actions.set(name, [action, ...(this.#actions.get(name) ?? [])]);
  }

  #breakersOf(name: string): readonly CircuitBreaker[] {
    const { breakers } = this.resilience;
    const { connector, target } = splitName(name);
    const isKnown = this.#options.connectors.some(({ id }) => id === connector);
    if (!isKnown) throw new FailureError("not-found", `There is no connector "${connector}".`);
    if (target !== "") {
      const known = breakers.find(name) ?? (this.#list.isKnown(name) ? breakers.get({ connector, target }) : undefined);
      if (known !== undefined) return [known];
      throw new FailureError("not-found", `Nothing is known of ${name}: it was not called yet.`);
    }
    return breakers
      .statuses()
      .filter((status) => status.connector === connector)
      .map((status) => breakers.get(status));
  }
}

/** Whether it changed anything. */
const DECISIONS: Readonly<Record<Decision, (breaker: CircuitBreaker, by: string) => boolean>> = {
  reset: (breaker, by) => {
    breaker.reset(by);
    return true;
  },
  "hold-open": (breaker, by) => {
    breaker.holdOpen(by);
    return true;
  },
  disable: (breaker, by) => {
    breaker.disable(by);
    return true;
  },
  enable: (breaker, by) => {
    if (breaker.status().mode !== "disabled") return false;
    breaker.reset(by);
    return true;
  },
  "retry-now": (breaker, by) => breaker.retryNow(by),
};

const isDecision = (action: string): action is Decision => Object.hasOwn(DECISIONS, action);

function unreferenced(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs).unref();
  return () => clearTimeout(timer);
}
