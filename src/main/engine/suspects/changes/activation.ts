/** When a commit came into use: by a deploy that names it, along with a later one, or, as far as the data says, never. */
import { type Micros, MICROS_PER_MINUTE } from "../../../../shared/units.ts";
import type { ChangeSignal } from "../signals.ts";
import { type Commits, isMadeElsewhere } from "./change-record.ts";

/** Between a commit and the deploy that it comes along with. */
const LONGEST_WAIT = 10_080 * MICROS_PER_MINUTE;

/** How a change came into use. */
export type Activation = "deployed" | "carried" | "flag" | "written";

export interface Deployed {
  readonly deploy: ChangeSignal;
  readonly service: string | null;
}

interface Known extends Deployed {
  /** When what it names was written, or else when it was deployed: it brought what is older. */
  readonly headTime: Micros;
}

export class Deployments {
  /** In the order of time. */
  readonly #all: readonly Known[];
  readonly #byHead = new Map<ChangeSignal, Deployed[]>();
  /** Deploys of what no commit of the case is. */
  readonly strays: readonly Deployed[];

  constructor(deploys: readonly ChangeSignal[], commits: Commits, named: (service: string | null) => string | null) {
    const strays: Deployed[] = [];
    const all: Known[] = [];
    for (const deploy of deploys.toSorted((a, b) => a.time - b.time)) {
      const head = commits.of(deploy);
      const deployed = { deploy, service: named(deploy.service) };
      all.push({ ...deployed, headTime: (head ?? deploy).time });
      if (head === undefined) strays.push(deployed);
      else this.#byHead.set(head, [...(this.#byHead.get(head) ?? []), deployed]);
    }
    this.#all = all;
    this.strays = strays;
  }

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  of(commit: ChangeSignal): readonly Deployed[] {
    return this.#byHead.get(commit) ?? [];
  }

  /**
   * The first deploy that a commit came along with: of a service that it concerns, of a tree that holds it. One that is
   * much older was in use before the deploys of this data begin.
   */
  carrierOf(commit: ChangeSignal, concerns: (service: string) => boolean): Deployed | undefined {
    const carrier = this.#all.find(
      ({ deploy, service, headTime }) =>
        service !== null && headTime >= commit.time && !isMadeElsewhere(deploy) && concerns(service),
    );
    return carrier !== undefined && carrier.deploy.time - commit.time <= LONGEST_WAIT ? carrier : undefined;
  }
}
