/** What a source was taken for, what else was tried, and reading it as something else. */
import type { ReactNode } from "react";
import { Section } from "../detail/parts.tsx";
import { formatPercent } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { zoneChoices } from "../shell/zone-menu.tsx";
import type { SourceInfo } from "../state/case.ts";
import { localZone } from "../state/zone.ts";
import { Picker } from "../ui/picker.tsx";
import { isActive, readAgain } from "./actions.ts";
import { useFormats } from "./formats.ts";

const ZONES_SHOWN = 60;

export function ReadAs({ source }: { readonly source: SourceInfo }): ReactNode {
  const formats = useFormats();
  if (isActive(source)) return null;
  const { format, zone } = source;
  return (
    <Section title="Read it otherwise">
      <dl className="read-as">
        <dt>Format</dt>
        <dd>
          <Picker
            label="Read as another format"
            shown={format ?? "Choose a format"}
            placeholder="Format"
            value={format}
            choices={(typed) =>
              formats
                .filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(typed.trim().toLowerCase()))
                .map(({ id, title }) => ({ id, title, aside: id }))
            }
            onChoose={(chosen) => readAgain(source, chosen)}
          />
        </dd>
        <dt>Zone if not stated</dt>
        <dd>
          <Picker
            label="Zone of times that state none"
            shown={zone}
            placeholder="City or zone"
            value={zone}
            choices={(typed) =>
              zoneChoices(typed, localZone(), Intl.supportedValuesOf("timeZone")).slice(0, ZONES_SHOWN)
            }
            onChoose={(chosen) => readAgain(source, format, chosen)}
          />
        </dd>
      </dl>
    </Section>
  );
}

export function Tried({ source: { tried } }: { readonly source: SourceInfo }): ReactNode {
  if (tried.length === 0) return null;
  const others = tried.filter(({ confidence }) => confidence === 0);
  return (
    <Section title="What was tried">
      <ul className="tried">
        {tried
          .filter(({ confidence }) => confidence > 0)
          .map(({ format, confidence, reason }) => (
            <li key={format}>
              <span className="mono">{format}</span> <span className="percent">{formatPercent(confidence, 1)}</span>
              <span className="second selectable">{visibleLine(reason)}</span>
            </li>
          ))}
        {others.length > 0 && (
          <li className="second">Does not match: {others.map(({ format }) => format).join(", ")}.</li>
        )}
      </ul>
    </Section>
  );
}
