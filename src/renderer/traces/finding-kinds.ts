/** What the kinds of findings are called, and the sign of each. */
import { Clock, Repeat, ShieldAlert, Snail, Split, Unplug, type LucideIcon } from "lucide-react";
import type { TraceFindingKind } from "../../shared/model/trace.ts";

export const FINDING_KINDS: Readonly<Record<TraceFindingKind, { readonly icon: LucideIcon; readonly title: string }>> =
  {
    slow: { icon: Snail, title: "Slow" },
    failed: { icon: ShieldAlert, title: "Failed" },
    "n-plus-one": { icon: Repeat, title: "N+1 calls" },
    "fan-out": { icon: Split, title: "Fan-out" },
    retry: { icon: Repeat, title: "Retry" },
    gap: { icon: Unplug, title: "Gap" },
    "clock-skew": { icon: Clock, title: "Clock" },
  };
