/** Suspects: when it began, what is likely to have caused it, and on which evidence; or that the data does not say. */
import { CircleAlert, Crosshair, HelpCircle } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { useRegistered } from "../commands/registry.ts";
import { formatMoment, formatRange } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { Border, Pane, Panes } from "../shell/panes.tsx";
import { chooseAndOpen, useCase } from "../state/case.ts";
import { attempt } from "../state/notices.ts";
import { useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { SuspectCard } from "./card.tsx";
import { useMenu } from "../menu/places.ts";
import { suspectMenu } from "./menu.ts";
import { suspectCommands } from "./commands.ts";
import { decidedOf, pinsOf, useConcluded } from "./decision.tsx";
import { ServiceRanking } from "./services.tsx";
import { findSuspects, findWindows, takeBrush, useSuspects, type Verdict } from "./store.ts";
import { percent } from "../../shared/text/suspect-words.ts";
import { showOnTimeline } from "./ways.ts";
import "./suspects.css";

export function SuspectsView(): ReactNode {
  useRegistered(suspectCommands);
  useMenu("suspects", suspectMenu);
  const verdict = useSuspects((state) => state.verdict);
  const failure = useSuspects((state) => state.failure);
  const progress = useSuspects((state) => state.progress);
  const reading = useCase(({ info }) => (info?.reading ?? 0) > 0);
  useEffect(() => {
    if (!reading && useSuspects.getState().verdict === null && useSuspects.getState().progress === null) findSuspects();
  }, [reading]);
  if (verdict === null) {
    if (failure !== null && progress === null) {
      return (
        <EmptyState
          icon={CircleAlert}
          title="The suspects could not be found"
          actions={<Button onClick={findSuspects}>Try again</Button>}
        >
          {failure.message}
        </EmptyState>
      );
    }
    return (
      <div className="suspects-waiting">
        <p role="status">
          {reading ? "Suspects are found as soon as everything is read." : (progress?.what ?? "Starting")}
        </p>
        <progress max={1} value={progress?.done ?? 0} aria-label="Search" />
        <SkeletonLines count={10} />
      </div>
    );
  }
  return (
    <Panes id="suspects" across>
      <Pane id="suspect-list" label="Suspects" least={400}>
        <Header verdict={verdict} isWorking={progress !== null} />
        <Suspects verdict={verdict} />
      </Pane>
      <Border across />
      <Pane id="suspect-services" label="Services" size={300} least={200} fixed>
        {verdict.services.length === 0 ? (
          <p className="suspects-none second">No service is ranked: the case names none, or nothing left its normal.</p>
        ) : (
          <ServiceRanking services={verdict.services} />
        )}
      </Pane>
    </Panes>
  );
}

function Header({ verdict, isWorking }: { readonly verdict: Verdict; readonly isWorking: boolean }): ReactNode {
  const { onset, windows } = verdict;
  const zone = useZone((state) => state.zone);
  const brush = useSelection((state) => state.brush);
  const incident = useSuspects((state) => state.incident);
  const filter = useSelection((state) => state.filter.trim());
  return (
    <header className="suspects-header">
      <div className="suspects-onset">
        {onset === null ? (
          <strong>When it began cannot be told</strong>
        ) : (
          <>
            <span className="second">It began</span>
            <button
              type="button"
              className="suspects-moment"
              title="Show the onset on the timeline"
              onClick={() => showOnTimeline({ place: onset.place, time: onset.time })}
            >
              {formatMoment(onset.time, zone)}
            </button>
            {onset.service !== null && <span className="suspects-where">at {visibleLine(onset.service)}</span>}
            <span className="second">confidence {percent(onset.confidence)}</span>
          </>
        )}
        <span className="spacer" />
        {isWorking && (
          <span className="second" role="status">
            Searching…
          </span>
        )}
        {incident !== null && <Button onClick={findWindows}>Find the incident from the data</Button>}
        {brush !== null && <Button onClick={takeBrush}>Take the selected range for the incident</Button>}
      </div>
      <p className="second suspects-reason">
        {onset === null ? "No error, latency or other series leaves its normal." : visibleLine(onset.reason)}
        {windows !== null &&
          ` Compared: ${formatRange(windows.baseline.from, windows.baseline.to, zone)} before, ${formatRange(windows.incident.from, windows.incident.to, zone)} since${incident === null ? "" : " (given)"}.`}
      </p>
      {filter !== "" && (
        <p className="second" role="note">
          The filter does not narrow the suspects: they are found in the whole case.
        </p>
      )}
    </header>
  );
}

function Suspects({ verdict }: { readonly verdict: Verdict }): ReactNode {
  const { suspects, abstained, abstainedBecause, onset } = verdict;
  const chosen = useSuspects((state) => state.chosen);
  const concluded = useConcluded();
  if (suspects.length === 0) {
    return (
      <EmptyState
        icon={Crosshair}
        title="Nobody is suspected"
        actions={<Button onClick={() => attempt(() => chooseAndOpen("files"))}>Add files…</Button>}
      >
        {visibleLine(abstainedBecause)} Commits, deploys, flags, alerts, metrics and traces of the time around it would
        tell more.
      </EmptyState>
    );
  }
  return (
    <div className="suspects-scroll" data-main data-menu="suspects" tabIndex={-1}>
      {abstained && (
        <div className="suspects-abstained" role="note">
          <HelpCircle size={16} aria-hidden />
          <p className="suspects-reason">{visibleLine(abstainedBecause)}</p>
        </div>
      )}
      <ol className="suspects" aria-label="Suspects, likeliest first">
        {suspects.map((suspect, place) => (
          <SuspectCard
            // oxlint-disable-next-line react/no-array-index-key -- a verdict is replaced as a whole
            key={place}
            suspect={suspect}
            place={place}
            open={place === chosen}
            onset={onset?.time ?? null}
            decided={decidedOf(concluded, suspect)}
            pins={pinsOf(concluded, suspect)}
          />
        ))}
      </ol>
    </div>
  );
}
