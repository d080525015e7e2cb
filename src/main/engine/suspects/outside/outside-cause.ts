/** Something that nobody of the system did: more traffic, a provider, the ground that services stand on. */
import type { Micros } from "../../../../shared/units.ts";
import type { Factor } from "../changes/factor.ts";

export interface OutsideCause {
  /** "more traffic", "api.stripe.com", "cluster-dns". */
  readonly object: string;
  readonly service: string | null;
  readonly since: Micros | null;
  readonly factors: readonly Factor[];
}

export const oddsOf = ({ factors }: OutsideCause): number => factors.reduce((sum, { logOdds }) => sum + logOdds, 0);
