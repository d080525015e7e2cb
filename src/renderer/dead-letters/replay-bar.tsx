/** How far a replay is, and what the last one came to. */
import { CircleAlert, CircleCheck, LoaderCircle, X } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount, formatPercent } from "../../shared/text/number.ts";
import { attempt } from "../state/notices.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { cancelReplay, showOutcome, showRecords, useReplay } from "./replay.ts";

export function ReplayBar(): ReactNode {
  const { running, progress, outcome } = useReplay();
  if (running !== null) {
    return (
      <div className="letters-strip">
        <LoaderCircle size={14} className="turning" aria-hidden />
        <span role="status" className="strip-words">
          Replaying {running}
        </span>
        {progress !== null && (
          <>
            <progress
              className="progress"
              max={Math.max(1, progress.total)}
              value={progress.done}
              aria-label="Replay"
            />
            <span>{formatPercent(progress.done, progress.total)}</span>
            <span className="second">
              {formatCount(progress.replayed)} replayed, {formatCount(progress.failed)} failed again
            </span>
          </>
        )}
        <span className="spacer" />
        <Button icon={X} onClick={() => attempt(cancelReplay)}>
          Stop
        </Button>
      </div>
    );
  }
  if (outcome === null) return null;
  const { records } = outcome;
  const Icon = outcome.tone === "good" ? CircleCheck : CircleAlert;
  return (
    <div className="letters-strip" data-tone={outcome.tone}>
      <Icon size={14} aria-hidden />
      <span role="status" className="selectable">
        {outcome.sentence}
      </span>
      {records !== null && (
        <>
          <span className="dot">·</span>
          <button type="button" className="link" onClick={() => showRecords(records)}>
            Show records
          </button>
        </>
      )}
      <span className="spacer" />
      <IconButton icon={X} label="Close" onClick={() => showOutcome(null)} />
    </div>
  );
}
