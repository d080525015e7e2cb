/** The template of a record in its detail, with the values that the record has in it. */
import { ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { call } from "../bridge.ts";
import { Section } from "../detail/parts.tsx";
import { visibleLine } from "../../shared/text/visible.ts";
import { useRevision } from "../state/case.ts";
import { useQuery } from "../state/query.ts";
import { IconButton } from "../ui/button.tsx";
import { numbered } from "./numbered.ts";
import { openTemplate, showLines } from "./store.ts";
import { TemplateText } from "./template-text.tsx";
import "./templates.css";

export function RecordTemplate({ reference }: { readonly reference: string }): ReactNode {
  const revision = useRevision();
  const { data } = useQuery(revision === null ? null : `${revision} ${reference}`, () =>
    call("templates.ofRecord", { ref: reference }),
  );
  if (data === null) return null;
  return (
    <Section title="Template" aside={data.muted === null ? undefined : "muted"}>
      <div className="template-part">
        <button type="button" className="link" title="Show the template" onClick={() => openTemplate(data.id)}>
          <TemplateText text={data.text} />
        </button>
        <IconButton icon={ListFilter} label="Show the lines of this template" onClick={() => showLines(data.id)} />
      </div>
      {data.parameters.length > 0 && (
        <table className="field-table">
          <tbody>
            {numbered(data.parameters).map(({ id, label, one: { value, type } }) => (
              <tr key={id}>
                <th scope="row" className="mono">
                  {visibleLine(label)}
                </th>
                <td className="mono">
                  <span className="selectable value">{visibleLine(value) || "(empty)"}</span>{" "}
                  <span className="second">{type}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
