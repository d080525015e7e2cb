/** How often something came over the time that is looked at, as bars small enough for a row. */
import type { ReactNode } from "react";

interface BarsProps {
  readonly values: readonly number[];
  readonly width: number;
  readonly height: number;
}

export function Bars({ values, width, height }: BarsProps): ReactNode {
  const most = values.reduce((max, value) => Math.max(max, value), 1);
  const step = width / Math.max(values.length, 1);
  const path = values
    .map((value, index) => {
      // What came at all can be seen.
      const tall = value === 0 ? 0 : Math.max(1.5, (value / most) * height);
      return tall === 0 ? "" : `M${index * step} ${height}v${-tall}h${Math.max(step - 0.5, 0.5)}v${tall}z`;
    })
    .join("");
  return (
    <svg className="template-bars" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      <path d={path} />
    </svg>
  );
}
