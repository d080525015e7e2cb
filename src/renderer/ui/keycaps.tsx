import type { ReactNode } from "react";
import { keycaps } from "../commands/keys.ts";

/** A binding as the caps of a keyboard. */
export function Keycaps({ binding }: { readonly binding: string }): ReactNode {
  return (
    <span className="keycaps">
      {keycaps(binding).map((cap) => (
        <kbd key={cap} className="keycap">
          {cap}
        </kbd>
      ))}
    </span>
  );
}
