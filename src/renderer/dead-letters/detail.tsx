/** One dead letter: what is wrong with it and where, its bytes, its editor, and all that was done with it. */
import { ListFilter, Pencil, Play, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { CallOutput } from "../../shared/contract.ts";
import { call } from "../bridge.ts";
import { Actions, Fact, Facts } from "../detail/parts.tsx";
import { formatBytes, formatCount } from "../../shared/text/number.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { visibleText } from "../../shared/text/visible.ts";
import { filterToSource, showSource } from "../sources/actions.ts";
import { useRevision } from "../state/case.ts";
import type { Focus } from "../state/focus.ts";
import { useQuery } from "../state/query.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { editLetter, replayLetter, useDraft } from "./draft.ts";
import { LetterEditor } from "./editor.tsx";
import { History } from "./history.tsx";
import { RawBytes } from "./raw-bytes.tsx";
import { useReplay } from "./replay.ts";
import { oneLetter } from "./target.ts";
import { askDiscard } from "./task.ts";
import { reasonWords } from "./words.ts";
import "./dead-letters.css";

export function DeadLetterDetail({ focus }: { readonly focus: Extract<Focus, { type: "dead-letter" }> }): ReactNode {
  const revision = useRevision();
  const key = `${revision ?? ""}|${focus.id}`;
  const { data, failure, loading } = useQuery(key, () => call("deadLetters.get", { id: focus.id }));
  // The answer stays until the next one: it may be of another letter.
  if (failure !== null && !loading) {
    const title = failure.reason === "not-found" ? "This dead letter is gone" : "This dead letter could not be read";
    return <EmptyState title={title}>{failure.message}</EmptyState>;
  }
  if (data === null || data.letter.id !== focus.id) return <SkeletonLines count={10} />;
  return <LetterArticle key={focus.id} answer={data} />;
}

function LetterArticle({ answer }: { readonly answer: CallOutput<"deadLetters.get"> }): ReactNode {
  const { letter, edited, place, history } = answer;
  const draft = useDraft((state) => (state.draft?.id === letter.id ? state.draft : null));
  const running = useReplay((state) => state.running !== null);
  return (
    <article className="detail letter-detail" tabIndex={-1} data-main>
      <header className="detail-head">
        <span className="detail-kind">{reasonWords(letter.reason)}</span>
        <h2 className="selectable">{visibleText(letter.message)}</h2>
      </header>
      {draft === null ? (
        <Actions>
          <Button icon={Pencil} onClick={() => editLetter(letter.id)}>
            Edit
          </Button>
          <Button icon={Play} disabled={running} onClick={() => replayLetter(letter.id)}>
            Replay
          </Button>
          <Button icon={Trash2} onClick={() => askDiscard(oneLetter(letter.id))}>
            Discard…
          </Button>
          <Button icon={ListFilter} onClick={() => filterToSource(letter.path)}>
            Filter to this source
          </Button>
        </Actions>
      ) : (
        <LetterEditor answer={answer} draft={draft} />
      )}
      <LetterFacts answer={answer} />
      <RawBytes bytes={letter.raw} offset={letter.offset} length={letter.length} place={place} />
      {edited !== null && draft === null && (
        <section className="letter-edited" aria-label="Edited text">
          <span className="second">A replay reads this text instead:</span>
          <pre className="letter-text mono selectable">{visibleText(new TextDecoder().decode(edited))}</pre>
        </section>
      )}
      <History steps={history} />
    </article>
  );
}

function LetterFacts({ answer: { letter } }: { readonly answer: CallOutput<"deadLetters.get"> }): ReactNode {
  const zone = useZone((state) => state.zone);
  return (
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
  );
}
