/** Edits a dead letter beside its original, and shows with every key what the format now makes of it. */
import { Play } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import type { CallOutput, DeadLetterPreview } from "../../shared/contract.ts";
import { call } from "../bridge.ts";
import { formatBytes } from "../../shared/text/number.ts";
import { useQuery } from "../state/query.ts";
import { Button } from "../ui/button.tsx";
import { Keycaps } from "../ui/keycaps.tsx";
import { useSettled } from "../ui/use-settled.ts";
import { indexOfByte } from "./bytes.ts";
import { changeDraft, closeEditor, keepEdit, replayLetter, type Draft } from "./draft.ts";
import { Preview } from "./preview.tsx";
import { ReadAsPickers } from "./read-as.tsx";
import { useReplay } from "./replay.ts";

type Answer = CallOutput<"deadLetters.get">;

/** Short enough to feel at once, long enough not to ask for each letter of a word. */
const SETTLE_MS = 150;

export function LetterEditor({ answer, draft }: { readonly answer: Answer; readonly draft: Draft }): ReactNode {
  const { letter, edited } = answer;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const running = useReplay((state) => state.running !== null);
  // What is at hand of it is its beginning: an edit takes the place of all the rest too, and must be meant.
  const isLong = letter.length > letter.raw.length && edited === null;
  const isCut = isLong && draft.text === null;
  // An edit is text already: an encoding is for the original bytes alone.
  const encoding = edited === null ? (draft.readAs.encoding ?? "utf-8") : "utf-8";
  const original = new TextDecoder(encoding, { ignoreBOM: true }).decode(edited ?? letter.raw);
  const text = draft.text ?? original;
  useEffect(() => {
    if (!isCut) area.current?.focus();
  }, [isCut]);
  const onPlace = (fault: DeadLetterPreview["faults"][number]): void => {
    const from = indexOfByte(text, fault.offset);
    const to = indexOfByte(text, fault.offset + fault.length);
    area.current?.focus();
    area.current?.setSelectionRange(from, Math.max(from, to));
  };
  return (
    <section className="letter-editor" aria-label="Edit">
      <label className="editor-label" htmlFor={id}>
        Text that is read instead
      </label>
      {isCut ? (
        <div className="editor-cut">
          <p className="second">
            It is {formatBytes(letter.length)} long and only its beginning is shown. All of it can be read as another
            format; or text of yours is read in its place.
          </p>
          <Button onClick={() => changeDraft({ text: original })}>Write a text of your own…</Button>
        </div>
      ) : (
        <textarea
          ref={area}
          id={id}
          className="field mono"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => changeDraft({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            closeEditor();
          }}
        />
      )}
      {isLong && !isCut && (
        <p className="second" role="status">
          This is the beginning of {formatBytes(letter.length)}. What stands here is read in place of all of it; the
          original bytes stay in the case.
        </p>
      )}
      {original.includes("\uFFFD") && !isCut && (
        <p className="second">
          Bytes that are no {encoding.toUpperCase()} show as �. Choose their encoding first: an edit writes what is
          shown.
        </p>
      )}
      <ReadAsPickers readAs={draft.readAs} onChange={(readAs) => changeDraft({ readAs })} />
      <div className="editor-actions">
        <Button tone="primary" icon={Play} disabled={running} onClick={() => replayLetter(letter.id)}>
          Replay <Keycaps binding="$mod+Enter" />
        </Button>
        {draft.text !== null && draft.text !== original && (
          <Button onClick={() => keepEdit(letter.id, draft.text)}>Keep without replay</Button>
        )}
        {edited !== null && <Button onClick={() => keepEdit(letter.id, null)}>Back to the original</Button>}
        <Button tone="quiet" onClick={closeEditor}>
          Close <Keycaps binding="Escape" />
        </Button>
      </div>
      <LivePreview id={letter.id} draft={draft} onPlace={isCut ? null : onPlace} />
    </section>
  );
}

interface LivePreviewProps {
  readonly id: number;
  readonly draft: Draft;
  readonly onPlace: ((fault: DeadLetterPreview["faults"][number]) => void) | null;
}

function LivePreview({ id, draft: { text, readAs }, onPlace }: LivePreviewProps): ReactNode {
  const key = useSettled(JSON.stringify([id, text, readAs]), SETTLE_MS);
  const { data, failure, loading } = useQuery(key, () => call("deadLetters.preview", { id, text, ...readAs }));
  return (
    <div className="editor-preview" aria-busy={loading}>
      <h3>As it would be read</h3>
      {failure !== null ? (
        <p className="preview-fault" role="status">
          {failure.message}
        </p>
      ) : (
        data !== null && <Preview preview={data} onPlace={onPlace} />
      )}
    </div>
  );
}
