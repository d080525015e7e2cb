/** The bytes of a dead letter, as text in which nothing hides and as hexadecimal digits. */
import { Copy } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from "react";
import { copy } from "../detail/copy.ts";
import { formatBytes, formatCount } from "../../shared/text/number.ts";
import { IconButton } from "../ui/button.tsx";
import { VirtualList, type VirtualListHandle } from "../ui/virtual-list.tsx";
import { characterAt } from "./bytes.ts";
import { digitsAt, hexDump, hexRow, hexRowCount } from "./hex.ts";
import { textPieces, type TextPiece } from "./raw-text.ts";

interface RawBytesProps {
  readonly bytes: Uint8Array;
  /** Of the first byte in its source. */
  readonly offset: number;
  /** In the source; `bytes` may hold only the first of them. */
  readonly length: number;
  /** Index of the byte at which reading failed; null when the format does not say. */
  readonly place: number | null;
}

export function RawBytes({ bytes, offset, length, place }: RawBytesProps): ReactNode {
  const pieces = useMemo(() => textPieces(bytes), [bytes]);
  const isText = !pieces.some(({ kind }) => kind === "byte");
  const [wanted, setWanted] = useState<"text" | "hex" | null>(null);
  const shown = wanted ?? (isText ? "text" : "hex");
  const { element, perRow } = useBytesPerRow();
  const copyShown = (): void => {
    if (shown === "text") copy("The text", new TextDecoder().decode(bytes));
    else copy("The hex dump", hexDump(bytes, 16, offset));
  };
  return (
    <section className="raw-bytes" ref={element} aria-label="Raw bytes">
      <div className="raw-head">
        <span className="segments" role="group" aria-label="Show the bytes as">
          <button type="button" aria-pressed={shown === "text"} onClick={() => setWanted("text")}>
            Text
          </button>
          <button type="button" aria-pressed={shown === "hex"} onClick={() => setWanted("hex")}>
            Hex
          </button>
        </span>
        <span className="second">
          {length > bytes.length
            ? `the first ${formatBytes(bytes.length)} of ${formatBytes(length)}`
            : formatBytes(bytes.length)}
        </span>
        {place !== null && (
          <span className="raw-place">
            {place < bytes.length ? `fails at byte ${formatCount(place)}` : "ends too early"}
          </span>
        )}
        <span className="spacer" />
        <IconButton icon={Copy} label={shown === "text" ? "Copy the text" : "Copy the hex dump"} onClick={copyShown} />
      </div>
      {bytes.length === 0 ? (
        <p className="second">It has no bytes: the source ended where more was expected.</p>
      ) : shown === "text" ? (
        <pre className="letter-text mono selectable" tabIndex={0}>
          {place === null ? <Pieces pieces={pieces} /> : <Placed key={place} bytes={bytes} place={place} />}
        </pre>
      ) : (
        <Hex bytes={bytes} offset={offset} perRow={perRow} place={place} />
      )}
    </section>
  );
}

function Pieces({ pieces }: { readonly pieces: readonly TextPiece[] }): ReactNode {
  return pieces.map(({ at, kind, text }) =>
    kind === "text" ? (
      text
    ) : (
      <span key={at} className={`unseen ${kind}`}>
        {text}
      </span>
    ),
  );
}

/** The text with the character at which reading failed marked; after its end, a mark of its own. */
function Placed({ bytes, place }: { readonly bytes: Uint8Array; readonly place: number }): ReactNode {
  const mark = useRef<HTMLElement>(null);
  const { start, end } = characterAt(bytes, place);
  useEffect(() => mark.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <>
      <Pieces pieces={textPieces(bytes.subarray(0, start))} />
      <mark ref={mark} className="place" title="Reading failed here">
        {start === end ? "‹end›" : <Pieces pieces={textPieces(bytes.subarray(start, end))} />}
      </mark>
      <Pieces pieces={textPieces(bytes.subarray(end))} />
    </>
  );
}

const HEX_ROW_PIXELS = 18;
const MOST_HEX_ROWS = 16;

interface HexProps {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly perRow: number;
  readonly place: number | null;
}

function Hex({ bytes, offset, perRow, place }: HexProps): ReactNode {
  const list = useRef<VirtualListHandle>(null);
  const placeRow = place === null || place >= bytes.length ? -1 : Math.floor(place / perRow);
  useEffect(() => {
    if (placeRow >= 0) list.current?.reveal(placeRow);
  }, [placeRow]);
  return (
    <VirtualList
      handle={list}
      style={{ height: Math.min(MOST_HEX_ROWS, hexRowCount(bytes.length, perRow)) * HEX_ROW_PIXELS }}
      className="letter-hex mono selectable"
      count={hexRowCount(bytes.length, perRow)}
      rowHeight={HEX_ROW_PIXELS}
      tabIndex={0}
      role="list"
      aria-label="Bytes in hexadecimal"
      renderRow={(row) => {
        const { offset: at, hex, ascii } = hexRow(bytes, row, perRow, offset);
        const column = place !== null && row === placeRow ? place % perRow : null;
        return (
          <div className="hex-row" role="listitem">
            <span className="hex-at">{at}</span>
            <span>{column === null ? hex : <Marked text={hex} at={digitsAt(column, perRow)} length={2} />}</span>
            <span className="hex-ascii">
              {column === null ? ascii : <Marked text={ascii} at={column} length={1} />}
            </span>
          </div>
        );
      }}
    />
  );
}

const Marked = ({ text, at, length }: { readonly text: string; readonly at: number; readonly length: number }) => (
  <>
    {text.slice(0, at)}
    <mark className="place">{text.slice(at, at + length)}</mark>
    {text.slice(at + length)}
  </>
);

/** Offset, 16 pairs of digits and their characters need about this much. */
const WIDE_PIXELS = 580;

function useBytesPerRow(): { readonly element: RefObject<HTMLElement | null>; readonly perRow: 8 | 16 } {
  const element = useRef<HTMLElement>(null);
  const [perRow, setPerRow] = useState<8 | 16>(8);
  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return undefined;
    const observer = new ResizeObserver(() => setPerRow(node.clientWidth >= WIDE_PIXELS ? 16 : 8));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  return { element, perRow };
}
