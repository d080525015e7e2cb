import type { ReactNode } from "react";

/** Stands where text will be, of about its width. */
export function Skeleton({ width }: { readonly width: number | string }): ReactNode {
  return <span className="skeleton" style={{ width }} aria-hidden />;
}

const WIDTHS = [62, 48, 80, 55, 71, 40, 66, 90];

/** Lines of a text that is on its way. */
export function SkeletonLines({ count }: { readonly count: number }): ReactNode {
  return (
    <div className="skeleton-lines" role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, line) => (
        <div key={line} className="skeleton-line">
          <Skeleton width={`${WIDTHS[line % WIDTHS.length] ?? 60}%`} />
        </div>
      ))}
    </div>
  );
}
