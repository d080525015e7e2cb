/** A short hint beside what it explains, with the keys that do the same. */
import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { Keycaps } from "./keycaps.tsx";

interface HintProps {
  readonly text: ReactNode;
  readonly keys?: string;
  readonly side?: "top" | "right" | "bottom" | "left";
  /** One element that takes the pointer and the focus. */
  readonly children: ReactElement;
}

export function Hint({ text, keys, side = "bottom", children }: HintProps): ReactNode {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className="layer">
          <Tooltip.Popup className="tooltip">
            {text}
            {keys !== undefined && <Keycaps binding={keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

export const Hints = Tooltip.Provider;
