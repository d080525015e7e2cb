/** Another format, zone or encoding for letters that were read as the wrong one. */
import type { ReactNode } from "react";
import { zoneChoices } from "../shell/zone-menu.tsx";
import { useFormats } from "../sources/formats.ts";
import { localZone } from "../state/zone.ts";
import { Picker, type Choice } from "../ui/picker.tsx";
import { AS_BEFORE, type ReadAs } from "./replay.ts";

/** As TextDecoder names them: those that dumps are written in. */
const ENCODINGS: readonly (readonly [id: string, title: string])[] = [
  ["utf-8", "UTF-8"],
  ["windows-1252", "Western European (windows-1252)"],
  ["iso-8859-2", "Central European (iso-8859-2)"],
  ["iso-8859-15", "Western European with € (iso-8859-15)"],
  ["windows-1250", "Central European (windows-1250)"],
  ["windows-1251", "Cyrillic (windows-1251)"],
  ["koi8-r", "Cyrillic (koi8-r)"],
  ["shift_jis", "Japanese (shift_jis)"],
  ["euc-jp", "Japanese (euc-jp)"],
  ["gb18030", "Chinese (gb18030)"],
  ["big5", "Chinese, traditional (big5)"],
  ["euc-kr", "Korean (euc-kr)"],
  ["utf-16le", "UTF-16, little-endian"],
  ["utf-16be", "UTF-16, big-endian"],
];

const UNCHANGED = "";
/** First of every list: what it was read with stays. */
const unchanged = (title: string): Choice => ({ id: UNCHANGED, title });

const fits = (typed: string, { id, title }: Choice): boolean =>
  `${id} ${title}`.toLowerCase().includes(typed.trim().toLowerCase());

export const changesNothing = ({ format, zone, encoding }: ReadAs): boolean =>
  format === null && zone === null && encoding === null;

interface ReadAsPickersProps {
  readonly readAs: ReadAs;
  readonly onChange: (readAs: ReadAs) => void;
}

export function ReadAsPickers({ readAs, onChange }: ReadAsPickersProps): ReactNode {
  const formats = useFormats();
  const choose = (part: keyof ReadAs) => (id: string) => onChange({ ...readAs, [part]: id === UNCHANGED ? null : id });
  return (
    <div className="read-as-pickers">
      <Picker
        label="Format to read it as"
        shown={readAs.format ?? "Same format"}
        placeholder="Format"
        value={readAs.format ?? UNCHANGED}
        choices={(typed) =>
          [unchanged("Same format"), ...formats.map(({ id, title }) => ({ id, title, aside: id }))].filter((one) =>
            fits(typed, one),
          )
        }
        onChoose={choose("format")}
      />
      <Picker
        label="Zone of times that state none"
        shown={readAs.zone ?? "Same zone"}
        placeholder="City or zone"
        value={readAs.zone ?? UNCHANGED}
        choices={(typed) => [
          ...(typed.trim() === "" ? [unchanged("Same zone")] : []),
          ...zoneChoices(typed, localZone(), Intl.supportedValuesOf("timeZone")),
        ]}
        onChoose={choose("zone")}
      />
      <Picker
        label="Encoding of its bytes"
        shown={readAs.encoding ?? "Same encoding"}
        placeholder="Encoding"
        value={readAs.encoding ?? UNCHANGED}
        choices={(typed) =>
          [unchanged("Same encoding"), ...ENCODINGS.map(([id, title]) => ({ id, title }))].filter((one) =>
            fits(typed, one),
          )
        }
        onChoose={choose("encoding")}
      />
      {!changesNothing(readAs) && (
        <button type="button" className="link" onClick={() => onChange(AS_BEFORE)}>
          Reset
        </button>
      )}
    </div>
  );
}
