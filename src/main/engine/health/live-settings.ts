/** The resilience layer's settings as they are at each call: whoever changes one need not start again. */
import type { ResolvedSettings } from "../../../shared/settings/resolve.ts";
import type { ResilienceSettings } from "../resilience/settings.ts";
import { resilienceChoices } from "../settings/resilience.ts";

/** Chosen: more than a person's queries ever need, less than what a small server feels. */
const HTTP_RATE = { perSecond: 10, burst: 20, maxWaitMs: 10_000 };

/** Every policy asks for its numbers with each call; they are worked out once for each change of the settings. */
export function liveSettings(
  resolved: () => ResolvedSettings,
  connectors: readonly { readonly id: string; readonly isRemote: boolean }[],
): ResilienceSettings {
  let last: { readonly of: ResolvedSettings; readonly settings: ResilienceSettings } | null = null;
  const current = (): ResilienceSettings => {
    const of = resolved();
    if (last?.of !== of) last = { of, settings: settingsFrom(of, connectors) };
    return last.settings;
  };
  return {
    get retry() {
      return current().retry ?? {};
    },
    get breaker() {
      return current().breaker ?? {};
    },
    get health() {
      return current().health ?? {};
    },
    get timeoutsMs() {
      return current().timeoutsMs ?? {};
    },
    get connectors() {
      return current().connectors ?? {};
    },
  };
}

function settingsFrom(
  resolved: ResolvedSettings,
  connectors: readonly { readonly id: string; readonly isRemote: boolean }[],
): ResilienceSettings {
  const { bulkhead, ...choices } = resilienceChoices(resolved);
  const limits = connectors.map(({ id, isRemote }) => [
    id,
    isRemote ? { bulkhead, rateLimit: HTTP_RATE } : { bulkhead },
  ]);
  return { ...choices, connectors: Object.fromEntries(limits) as NonNullable<ResilienceSettings["connectors"]> };
}
