/** Input that could not become a record: by reason at the left, each one with where it stands at the right. */
import { CircleCheck, MailX } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { formatCount, formatCountOf } from "../format/number.ts";
import { fileName } from "../format/path.ts";
import { visibleLine } from "../format/visible.ts";
import { Border, Pane, Panes } from "../shell/panes.tsx";
import { useCase } from "../state/case.ts";
import { showView } from "../state/layout.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Picker } from "../ui/picker.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { filterDeadLetters, useDeadLetterFilter } from "./filter.ts";
import { LetterTable } from "./letter-table.tsx";
import type { Letters } from "./letters.ts";
import { Reasons } from "./reasons.tsx";
import { followLetters, retryLetters, useLetters } from "./store.ts";
import "./dead-letters.css";

export function DeadLettersView(): ReactNode {
  useEffect(followLetters, []);
  const { letters, failure } = useLetters();
  const filtered = useDeadLetterFilter(({ sourceId, reason }) => sourceId !== null || reason !== null);
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
  if (letters.total === 0 && !filtered) return <NothingLost />;
  return (
    <Panes id="dead-letters" across>
      <Pane id="dead-letter-reasons" label="Reasons" size={184} least={140} fixed>
        <Reasons letters={letters} />
      </Pane>
      <Border across />
      <Pane id="dead-letter-list" label="Dead letters" least={320}>
        <ListHeader letters={letters} />
        {letters.total === 0 ? <NoneHere /> : <LetterTable letters={letters} />}
      </Pane>
    </Panes>
  );
}

function NothingLost(): ReactNode {
  const reading = useCase(({ info }) => (info?.reading ?? 0) > 0);
  return (
    <EmptyState
      icon={CircleCheck}
      title={reading ? "Nothing was lost so far" : "Nothing was lost"}
      actions={<Button onClick={() => showView("sources")}>Show the accounting</Button>}
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
        <Button onClick={() => filterDeadLetters({ sourceId: null, reason: null })}>Show all dead letters</Button>
      }
    >
      Every unit of this source became a record or was skipped for a stated reason.
    </EmptyState>
  );
}

function ListHeader({ letters }: { readonly letters: Letters }): ReactNode {
  const sourceId = useDeadLetterFilter((state) => state.sourceId);
  const failure = useLetters((state) => state.failure);
  const sources = useCase((state) => state.sources);
  const chosen = sources.find(({ id }) => id === sourceId);
  const choices = (typed: string): readonly { id: string; title: string; aside?: string }[] => {
    const wanted = typed.trim().toLowerCase();
    const found = sources
      .filter(
        ({ deadLetters, id, path }) => (deadLetters > 0 || id === sourceId) && path.toLowerCase().includes(wanted),
      )
      .map(({ id, path, deadLetters }) => ({ id: String(id), title: fileName(path), aside: formatCount(deadLetters) }));
    return wanted === "" ? [{ id: "", title: "All sources" }, ...found] : found;
  };
  return (
    <header className="letters-header">
      <strong>{formatCountOf(letters.total, "dead letter")}</strong>
      <Picker
        label="Source of the dead letters"
        shown={chosen === undefined ? "All sources" : visibleLine(fileName(chosen.path))}
        placeholder="Source"
        value={sourceId === null ? "" : String(sourceId)}
        choices={choices}
        onChoose={(id) => filterDeadLetters({ sourceId: id === "" ? null : Number(id) })}
      />
      {failure !== null && (
        <span className="failure" role="alert">
          {failure.message}{" "}
          <button type="button" className="link" onClick={retryLetters}>
            Try again
          </button>
        </span>
      )}
    </header>
  );
}
