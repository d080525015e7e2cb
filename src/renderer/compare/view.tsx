/** What changed between two windows, or what sets a selection apart: one ranked list of differences of every kind. */
import { CircleAlert } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { useRegistered } from "../commands/registry.ts";
import { useCase } from "../state/case.ts";
import { useSelection } from "../state/selection.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { listCommands } from "./commands.ts";
import { Differences } from "./differences.tsx";
import { Header } from "./header.tsx";
import { refresh, useComparison } from "./store.ts";
import "./compare.css";

export function CompareView(): ReactNode {
  useRegistered(listCommands);
  const { answer, failure, working, asked } = useComparison();
  const revision = useCase(({ info }) =>
    info === null || info.reading > 0 || info.analysing ? null : `${info.file} ${info.revision}`,
  );
  // What was asked in other words keeps its own filter.
  const follows = useComparison(({ question }) => question === null);
  const filter = useSelection((state) => (follows ? state.filter : ""));
  const compared = revision === null ? null : `${revision} ${filter}`;
  useEffect(() => {
    if (compared !== null) refresh();
  }, [compared]);
  if (answer === null || asked === null) {
    if (failure === null || working) {
      return (
        <div className="comparison-waiting">
          <p role="status">{revision === null ? "Compared as soon as everything is read." : "Comparing…"}</p>
          <SkeletonLines count={14} />
        </div>
      );
    }
    return (
      <EmptyState
        icon={CircleAlert}
        title="The windows could not be compared"
        actions={<Button onClick={refresh}>Try again</Button>}
      >
        {failure.message}
      </EmptyState>
    );
  }
  return (
    <section className="comparison" aria-label="Differences" aria-busy={working}>
      <Header answer={answer} asked={asked} working={working} />
      {failure !== null && (
        <p className="comparison-note" role="alert">
          {failure.message}
        </p>
      )}
      {answer.notes.map((note) => (
        <p key={note} className="comparison-note second">
          {note}
        </p>
      ))}
      <Differences answer={answer} />
    </section>
  );
}
