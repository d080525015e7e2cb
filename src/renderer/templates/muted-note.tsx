/** Says above a list that muted templates are left out of it, and leads to them. */
import type { ReactNode } from "react";
import { formatCountOf } from "../../shared/text/number.ts";
import { useMuted } from "./muted.ts";
import { showMuted } from "./store.ts";

export function MutedNote(): ReactNode {
  const muted = useMuted((state) => state.muted);
  if (muted.length === 0) return null;
  const records = muted.reduce((sum, { count }) => sum + count, 0);
  return (
    <span
      title={`${formatCountOf(records, "record")} of muted templates are left out. A filter on a template lists its records all the same.`}
    >
      {formatCountOf(muted.length, "template")} muted{" "}
      <button type="button" className="link" onClick={showMuted}>
        Show
      </button>
    </span>
  );
}
