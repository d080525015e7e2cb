/** What was read, to the last line, and what is at work. */
import { CircleAlert, CircleCheck, CirclePause, LoaderCircle, X } from "lucide-react";
import { memo, type ReactNode } from "react";
import { ConnectorHealthItem } from "../connectors/health-item.tsx";
import { formatBytes, formatCountOf, formatPercent, formatRate } from "../../shared/text/number.ts";
import { fileName } from "../../shared/text/path.ts";
import { unreadTexts } from "../../shared/text/unread.ts";
import { cancelImport, useCase, type SourceInfo } from "../state/case.ts";
import { showView } from "../state/layout.ts";
import { attempt } from "../state/notices.ts";
import { IconButton } from "../ui/button.tsx";

export interface Work {
  readonly title: string;
  readonly done: number;
  readonly whole: number;
}

/** What an import is doing, from its sources; null when all have ended. */
export function workOf(sources: readonly SourceInfo[], reading: number): Work | null {
  if (reading === 0) return null;
  const active = sources.filter(({ state }) => state === "reading");
  // What waits for a word of the person is no work.
  if (active.length === 0 && sources.some(({ state }) => state === "paused")) return null;
  const only = active[0];
  const title =
    active.length === 1 && only !== undefined
      ? `Reading ${fileName(only.path)}`
      : `Reading ${formatCountOf(reading, "source")}`;
  let done = 0;
  let whole = 0;
  for (const source of sources) {
    if (source.state === "waiting" || source.state === "reading") {
      done += source.bytesRead;
      whole += source.bytes;
    }
  }
  return { title, done, whole };
}

interface HealthProps {
  readonly paused: number;
  /** What became of sources that were not read to their end, the gravest. */
  readonly unread: string | undefined;
  readonly reading: boolean;
}

function Health({ paused, unread, reading }: HealthProps): ReactNode {
  if (paused > 0) {
    return (
      <>
        <CirclePause size={13} className="attention" aria-hidden />
        {formatCountOf(paused, "source waits", "sources wait")} for you
      </>
    );
  }
  if (unread !== undefined) {
    return (
      <>
        <CircleAlert size={13} className="attention" aria-hidden />
        {unread}
      </>
    );
  }
  if (reading) return "Reading";
  return (
    <>
      <CircleCheck size={13} className="good" aria-hidden />
      All read
    </>
  );
}

// Made once: the bar is drawn anew with all that is read, and each new listener is one more to be collected.
const showSources = (): void => showView("sources");
const showDeadLetters = (): void => showView("dead-letters");
const stopReading = (): void => attempt(() => cancelImport(null));

const StopButton = memo(function StopButton(): ReactNode {
  return <IconButton icon={X} label="Stop reading; what was read stays" onClick={stopReading} />;
});

export function StatusBar(): ReactNode {
  const info = useCase((state) => state.info);
  const sources = useCase((state) => state.sources);
  const bytesPerSecond = useCase((state) => state.bytesPerSecond);
  if (info === null) {
    return (
      <footer className="status" data-pane="status">
        <ConnectorHealthItem />
      </footer>
    );
  }
  const paused = sources.filter(({ state }) => state === "paused").length;
  const [unread] = unreadTexts(sources);
  const work = workOf(sources, info.reading);
  return (
    <footer className="status" data-pane="status">
      <button type="button" className="status-item" onClick={showSources}>
        <Health paused={paused} unread={unread} reading={info.reading > 0} />
      </button>
      <button type="button" className="status-item" onClick={showSources}>
        {formatCountOf(info.sources, "source")}
      </button>
      <ConnectorHealthItem />
      <span className="status-item accounting">
        {formatCountOf(info.records, "record")}
        <span className="dot">·</span>
        <button type="button" className="status-link" onClick={showDeadLetters}>
          {formatCountOf(info.deadLetters, "dead letter")}
        </button>
        <span className="dot">·</span>
        {formatCountOf(info.skipped, "skipped", "skipped")}
      </span>
      <span className="spacer" />
      {work === null ? (
        info.analysing && (
          <span className="status-item" role="status">
            <LoaderCircle size={13} className="turning" aria-hidden />
            Looking for events and anomalies
          </span>
        )
      ) : (
        <span className="status-item">
          <span role="status">{work.title}</span>
          <progress className="progress" max={Math.max(1, work.whole)} value={work.done} aria-label={work.title} />
          <span className="work-percent">{formatPercent(work.done, work.whole)}</span>
          <span className="work-rate">{bytesPerSecond > 0 ? formatRate(bytesPerSecond) : formatBytes(work.whole)}</span>
          <StopButton />
        </span>
      )}
    </footer>
  );
}
