import { Pin } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Keycaps } from "../ui/keycaps.tsx";
import { pinFocus } from "./pin.ts";

/** Pins what the detail shows. */
export const PinButton = (): ReactNode => (
  <Button icon={Pin} onClick={pinFocus}>
    Pin <Keycaps binding="p" />
  </Button>
);
