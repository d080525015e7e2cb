/** The border between the names of the spans and their bars; dragged, or moved by arrow keys. */
import type { ReactNode } from "react";

/** Pixels. */
const LEAST_LABEL = 160;
const LEAST_BARS = 200;

interface LabelBorderProps {
  readonly width: number;
  readonly onWidth: (width: number) => void;
}

export function LabelBorder({ width, onWidth }: LabelBorderProps): ReactNode {
  const resize = (wanted: number, whole: number): void =>
    onWidth(Math.min(whole - LEAST_BARS, Math.max(LEAST_LABEL, wanted)));
  return (
    <div
      className="waterfall-border"
      style={{ left: width - 3 }}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the names"
      aria-valuenow={width}
      aria-valuemin={LEAST_LABEL}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        const { currentTarget: border } = event;
        const box = border.parentElement?.getBoundingClientRect();
        if (box !== undefined && border.hasPointerCapture(event.pointerId)) resize(event.clientX - box.left, box.width);
      }}
      onKeyDown={(event) => {
        const whole = event.currentTarget.parentElement?.clientWidth ?? 0;
        if (event.key === "ArrowLeft") resize(width - 16, whole);
        else if (event.key === "ArrowRight") resize(width + 16, whole);
        else return;
        event.preventDefault();
      }}
    />
  );
}
