/** Input that could not become a record: by reason at the left, each one with where it stands at the right. */
import { CircleCheck, MailX } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { useRegistered } from "../commands/registry.ts";
import { Border, Pane, Panes } from "../shell/panes.tsx";
import { PausedSources } from "../sources/paused.tsx";
import { useCase } from "../state/case.ts";
import { showView } from "../state/layout.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { letterCommands } from "./commands.ts";
import { filterDeadLetters, useDeadLetterFilter } from "./filter.ts";
import { Groups } from "./groups.tsx";
import type { Letters } from "./letters.ts";
import { LetterTable } from "./letter-table.tsx";
import { followReplay } from "./replay.ts";
import { ReplayBar } from "./replay-bar.tsx";
import { followLetters, retryLetters, useLetters } from "./store.ts";
import { TaskPanel } from "./task-panel.tsx";
import { importLetters } from "./task.ts";
import { Toolbar } from "./toolbar.tsx";
import "./dead-letters.css";

export function DeadLettersView(): ReactNode {
  useEffect(followLetters, []);
  useEffect(followReplay, []);
  useRegistered(letterCommands);
  const { letters, failure } = useLetters();
  const filtered = useDeadLetterFilter(
    ({ sourceId, reason, text }) => sourceId !== null || reason !== null || text !== "",
  );
  if (letters === null) {
    if (failure === null) return <SkeletonLines count={10} />;
    return (
      <EmptyState
        icon={MailX}
        title="The dead letters could not be read"
        actions={<Button onClick={retryLetters}>Try again</Button>}
      >
        {failure.message}
      </EmptyState>
    );
  }
  if (letters.total === 0 && !filtered) {
    return (
      <section className="letters" aria-label="Dead letters">
        <PausedSources />
        <ReplayBar />
        <NothingLost />
      </section>
    );
  }
  return (
    <section className="letters" aria-label="Dead letters">
      <PausedSources />
      <Panes id="dead-letters" across>
        <Pane id="dead-letter-reasons" label="Reasons" size={208} least={140} fixed>
          <Groups letters={letters} />
        </Pane>
        <Border across />
        <Pane id="dead-letter-list" label="Dead letters" least={320}>
          <Toolbar letters={letters} />
          <TaskPanel />
          <ReplayBar />
          <Listed letters={letters} />
        </Pane>
      </Panes>
    </section>
  );
}

function Listed({ letters }: { readonly letters: Letters }): ReactNode {
  if (letters.total > 0) return <LetterTable letters={letters} />;
  return letters.searched < 1 ? <SkeletonLines count={10} /> : <NoneHere />;
}

function NothingLost(): ReactNode {
  const reading = useCase(({ info }) => (info?.reading ?? 0) > 0);
  return (
    <EmptyState
      icon={CircleCheck}
      title={reading ? "Nothing was lost so far" : "Nothing was lost"}
      actions={
        <>
          <Button onClick={() => showView("sources")}>Show the accounting</Button>
          <Button onClick={importLetters}>Import dead letters…</Button>
        </>
      }
    >
      Every unit read became a record or was skipped for a stated reason.
    </EmptyState>
  );
}

function NoneHere(): ReactNode {
  return (
    <EmptyState
      icon={CircleCheck}
      title="No dead letters here"
      actions={
        <Button onClick={() => filterDeadLetters({ sourceId: null, reason: null, text: "" })}>
          Show all dead letters
        </Button>
      }
    >
      Every unit of this source became a record or was skipped for a stated reason.
    </EmptyState>
  );
}
