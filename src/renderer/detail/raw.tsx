/** The bytes of a record or dead letter as they stand in the source. */
import { Binary, Type } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { formatBytes } from "../../shared/text/number.ts";
import { visibleText } from "../../shared/text/visible.ts";
import { IconButton } from "../ui/button.tsx";
import { hexLines, looseText, textOf } from "./bytes.ts";
import { Section } from "./parts.tsx";

/** 4 KiB of hex are 256 lines; more is for a hex editor. */
const HEX_LINES = 256;

interface RawBytesProps {
  readonly bytes: Uint8Array;
  readonly offset: number;
  /** In the source; more than `bytes` holds when the record was cut. */
  readonly length: number;
}

export function RawBytes({ bytes, offset, length }: RawBytesProps): ReactNode {
  const text = useMemo(() => textOf(bytes), [bytes]);
  const [wanted, setWanted] = useState<"text" | "hex" | null>(null);
  const shown = wanted ?? (text === null ? "hex" : "text");
  const cut = length > bytes.length ? `, the first ${formatBytes(bytes.length)} of ${formatBytes(length)}` : "";
  return (
    <Section
      title={`Raw${cut}`}
      aside={
        <IconButton
          icon={shown === "text" ? Binary : Type}
          label={shown === "text" ? "Show as hex" : "Show as text"}
          onClick={() => setWanted(shown === "text" ? "hex" : "text")}
        />
      }
    >
      {shown === "text" ? (
        <pre className="raw mono selectable">{visibleText(text ?? looseText(bytes))}</pre>
      ) : (
        <pre className="raw hex mono selectable">
          {hexLines(bytes, offset, HEX_LINES).map((line) => (
            <span key={line.offset}>
              <span className="hex-offset">{line.offset}</span> {line.hex} {line.text}
              {"\n"}
            </span>
          ))}
          {bytes.length > HEX_LINES * 16 && `… ${formatBytes(bytes.length - HEX_LINES * 16)} more`}
        </pre>
      )}
    </Section>
  );
}
