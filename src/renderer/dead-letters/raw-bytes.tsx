/** The bytes of a dead letter, as text in which nothing hides and as hexadecimal digits. */
import { Copy } from "lucide-react";
import { useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from "react";
import { copy } from "../detail/copy.ts";
import { formatBytes } from "../format/number.ts";
import { IconButton } from "../ui/button.tsx";
import { VirtualList } from "../ui/virtual-list.tsx";
import { hexDump, hexRow, hexRowCount } from "./hex.ts";
import { textPieces } from "./raw-text.ts";

interface RawBytesProps {
  readonly bytes: Uint8Array;
  /** Of the first byte in its source. */
  readonly offset: number;
  /** In the source; `bytes` may hold only the first of them. */
  readonly length: number;
}

export function RawBytes({ bytes, offset, length }: RawBytesProps): ReactNode {
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
        <span className="spacer" />
        <IconButton icon={Copy} label={shown === "text" ? "Copy the text" : "Copy the hex dump"} onClick={copyShown} />
      </div>
      {bytes.length === 0 ? (
        <p className="second">It has no bytes: the source ended where more was expected.</p>
      ) : shown === "text" ? (
        <pre className="letter-text mono selectable" tabIndex={0}>
          {pieces.map(({ at, kind, text }) =>
            kind === "text" ? (
              text
            ) : (
              <span key={at} className={`unseen ${kind}`}>
                {text}
              </span>
            ),
          )}
        </pre>
      ) : (
        <Hex bytes={bytes} offset={offset} perRow={perRow} />
      )}
    </section>
  );
}

const HEX_ROW_PIXELS = 18;

interface HexProps {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly perRow: number;
}

function Hex({ bytes, offset, perRow }: HexProps): ReactNode {
  return (
    <VirtualList
      className="letter-hex mono selectable"
      count={hexRowCount(bytes.length, perRow)}
      rowHeight={HEX_ROW_PIXELS}
      tabIndex={0}
      role="list"
      aria-label="Bytes in hexadecimal"
      renderRow={(row) => {
        const { offset: at, hex, ascii } = hexRow(bytes, row, perRow, offset);
        return (
          <div className="hex-row" role="listitem">
            <span className="hex-at">{at}</span>
            <span>{hex}</span>
            <span className="hex-ascii">{ascii}</span>
          </div>
        );
      }}
    />
  );
}

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
