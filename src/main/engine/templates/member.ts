/** What templates are made of: skeletons of messages, and which of them are one template. */
import type { Token } from "./tokens.ts";

export interface Member {
  readonly tokens: readonly Token[];
  /** Records that have it; one where nobody counted. */
  readonly count?: number;
}

/** Members that are one template; `values` are the places that vary besides the wildcards. */
export interface Cluster<M extends Member> {
  readonly members: readonly M[];
  readonly values: ReadonlySet<number>;
}
