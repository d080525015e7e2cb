/** How much of a limit is in use: a small bar, and its numbers in the hint. */
import type { ReactNode } from "react";

interface MeterProps {
  readonly label: string;
  readonly text: string;
  /** 0–1. */
  readonly share: number;
  /** Calls wait for room. */
  readonly full: boolean;
}

export function Meter({ label, text, share, full }: MeterProps): ReactNode {
  return (
    <span
      className="meter"
      role="meter"
      aria-label={label}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={text}
      aria-valuemin={0}
      aria-valuemax={100}
      title={`${label}: ${text}`}
      data-full={full || undefined}
    >
      <span style={{ width: `${Math.min(1, share) * 100}%` }} />
    </span>
  );
}
