/** One dead letter: what is wrong with it, where it stands, and its bytes. */
import { ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { Actions, Fact, Facts } from "../detail/parts.tsx";
import { formatBytes, formatCount } from "../format/number.ts";
import { formatMoment } from "../format/time.ts";
import { visibleText } from "../format/visible.ts";
import { filterToSource, showSource } from "../sources/actions.ts";
import { useRevision } from "../state/case.ts";
import type { Focus } from "../state/focus.ts";
import { useQuery } from "../state/query.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { readLetter } from "./letters.ts";
import { RawBytes } from "./raw-bytes.tsx";
import { askEngine, useLetters } from "./store.ts";
import { reasonWords } from "./words.ts";
import "./dead-letters.css";

export function DeadLetterDetail({ focus }: { readonly focus: Extract<Focus, { type: "dead-letter" }> }): ReactNode {
  const zone = useZone((state) => state.zone);
  const revision = useRevision();
  const there = useLetters(({ letters }) => letters !== null);
  const { data, failure } = useQuery(there ? `${revision ?? ""}|${focus.id}` : null, async () => {
    const { letters, wanted } = useLetters.getState();
    return { id: focus.id, letter: letters === null ? null : await readLetter(askEngine, wanted, letters, focus.id) };
  });
  if (failure !== null) return <EmptyState title="This dead letter could not be read">{failure.message}</EmptyState>;
  if (data === null || data.id !== focus.id) return <SkeletonLines count={10} />;
  const { letter } = data;
  if (letter === null) {
    return (
      <EmptyState title="This dead letter is gone">
        Its source was read again since. Select another one of the list.
      </EmptyState>
    );
  }
  return (
    <article className="detail letter-detail" tabIndex={-1} data-main>
      <header className="detail-head">
        <span className="detail-kind">{reasonWords(letter.reason)}</span>
        <h2 className="selectable">{visibleText(letter.message)}</h2>
      </header>
      <Actions>
        <Button icon={ListFilter} onClick={() => filterToSource(letter.path)}>
          Filter to this source
        </Button>
      </Actions>
      <Facts>
        <Fact name="Source">
          <button type="button" className="link" onClick={() => showSource(letter.sourceId)}>
            {visibleText(letter.path)}
          </button>
        </Fact>
        <Fact name="Where">
          line {formatCount(letter.line)}, {formatBytes(letter.length)} from byte {formatCount(letter.offset)} on
        </Fact>
        <Fact name="Read as">
          {letter.format === "" ? "not recognised" : letter.format}
          <span className="second">given up at the stage “{letter.stage}”</span>
        </Fact>
        <Fact name="Attempts">
          {formatCount(letter.attempts)}
          <span className="second">
            {letter.lastAt === letter.firstAt
              ? formatMoment(letter.firstAt, zone, 0)
              : `from ${formatMoment(letter.firstAt, zone, 0)} to ${formatMoment(letter.lastAt, zone, 0)}`}
          </span>
        </Fact>
      </Facts>
      <RawBytes key={letter.id} bytes={letter.raw} offset={letter.offset} length={letter.length} />
    </article>
  );
}
