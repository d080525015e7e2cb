/** What can be done with a range that was brushed, beside the range itself and in every view. */
import { Crosshair, GitCompareArrows, X, ZoomIn } from "lucide-react";
import type { ReactNode } from "react";
import { runCommand } from "../commands/registry.ts";
import { look, useSelection, zoomToBrush } from "../state/selection.ts";
import { IconButton } from "../ui/button.tsx";

export function RangeActions(): ReactNode {
  const hasBrush = useSelection((state) => state.brush !== null);
  if (!hasBrush) return null;
  return (
    <span className="range-tools" role="group" aria-label="The selected range">
      <IconButton icon={ZoomIn} label="Zoom to the selected range" keys="z" onClick={zoomToBrush} />
      <IconButton
        icon={GitCompareArrows}
        label="Explain it: what sets it apart from the rest"
        keys="e"
        onClick={() => void runCommand("compare.explain")}
      />
      <IconButton
        icon={Crosshair}
        label="Find its cause: take it for the incident"
        keys="Shift+S"
        onClick={() => void runCommand("suspects.take-brush")}
      />
      <IconButton icon={X} label="Clear the selected range" keys="Escape" onClick={() => look({ brush: null })} />
    </span>
  );
}
