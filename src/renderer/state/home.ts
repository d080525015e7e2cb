/** The time that is drawn when none is chosen: where nearly all records lie, or else all of it. */
import { useMemo } from "react";
import type { CaseInfo } from "../../shared/contract.ts";
import { useCase } from "./case.ts";

/** First and last moment. */
export interface Home {
  readonly from: number;
  readonly to: number;
}

/** Null while a case has no times. */
export function homeOf(info: Pick<CaseInfo, "from" | "to" | "main"> | null): Home | null {
  if (info === null || info.from === null || info.to === null) return null;
  return { from: info.main?.from ?? info.from, to: info.main?.to ?? info.to };
}

export function useHome(): Home | null {
  const from = useCase(({ info }) => homeOf(info)?.from ?? null);
  const to = useCase(({ info }) => homeOf(info)?.to ?? null);
  return useMemo(() => (from === null || to === null ? null : { from, to }), [from, to]);
}
