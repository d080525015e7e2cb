import { Pin, Scale } from "lucide-react";
import type { ReactNode } from "react";
import { openMenu } from "../menu/store.ts";
import { evidenceParts } from "../suspects/evidence-menu.ts";
import { useSuspects } from "../suspects/store.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Keycaps } from "../ui/keycaps.tsx";
import { pinFocus } from "./pin.ts";

/** Pins what the detail shows, to the notes or to a suspect. */
export function PinButton(): ReactNode {
  const hasSuspects = useSuspects(({ verdict }) => (verdict?.suspects.length ?? 0) > 0);
  return (
    <span className="pin-buttons">
      <Button icon={Pin} onClick={pinFocus}>
        Pin <Keycaps binding="p" />
      </Button>
      {hasSuspects && (
        <IconButton
          icon={Scale}
          className="bordered"
          label="Evidence for or against a suspect"
          aria-haspopup="menu"
          onClick={(event) => openMenu([evidenceParts()], event.currentTarget.getBoundingClientRect())}
        />
      )}
    </span>
  );
}
