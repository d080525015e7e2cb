/** Pieces that the panels of the detail are made of. */
import { Ban, Plus } from "lucide-react";
import type { ReactNode } from "react";
import type { FieldValue } from "../../shared/model/record.ts";
import { setTerm } from "../filter/terms.ts";
import { formatOffset } from "../../shared/text/duration.ts";
import { formatMoment, neededDigits } from "../../shared/text/time.ts";
import { visibleText } from "../../shared/text/visible.ts";
import { useCase } from "../state/case.ts";
import { setFilter, useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { IconButton } from "../ui/button.tsx";
import "./detail.css";

/** Adds `field:value` to the filter of all views. */
export function narrow(field: string, value: string, state: "included" | "excluded" = "included"): void {
  setFilter(setTerm(useSelection.getState().filter, field, value, state));
}

export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section className="detail-section">
      <h3>
        {title}
        {aside !== undefined && <span className="aside">{aside}</span>}
      </h3>
      {children}
    </section>
  );
}

interface MomentProps {
  readonly time: number;
  readonly nanos?: number;
  readonly digits?: number;
}

/** A time in the shown zone, in UTC where that is another, and seen from the beginning of the case. */
export function Moment({ time, nanos = 0, digits = neededDigits(time) }: MomentProps): ReactNode {
  const zone = useZone((state) => state.zone);
  const start = useCase((state) => state.info?.from ?? null);
  const precise = Math.max(3, digits);
  return (
    <>
      <span className="mono selectable">{formatMoment(time, zone, precise, nanos)}</span>
      {zone !== "UTC" && <span className="mono selectable second">{formatMoment(time, "UTC", precise, nanos)}</span>}
      {start !== null && <span className="second">{formatOffset(time - start)} after the first record</span>}
    </>
  );
}

export function Facts({ children }: { readonly children: ReactNode }): ReactNode {
  return <dl className="facts">{children}</dl>;
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** A value that narrows the filter when it is clicked. */
export function TermLink({ field, value }: { readonly field: string; readonly value: string }): ReactNode {
  return (
    <button
      type="button"
      className="link mono"
      data-menu="term"
      data-field={field}
      data-value={value}
      title={`Add ${field}:${value} to the filter`}
      onClick={() => narrow(field, value)}
    >
      {visibleText(value)}
    </button>
  );
}

interface FieldTableProps {
  readonly fields: readonly (readonly [key: string, value: FieldValue])[];
  /** False where values are not fields of the filter language. */
  readonly filterable?: boolean;
}

interface NumberedField {
  readonly id: string;
  readonly key: string;
  readonly value: FieldValue;
}

/** A source may write a key twice; each is a row of its own. */
function numbered(fields: FieldTableProps["fields"]): readonly NumberedField[] {
  const seen = new Map<string, number>();
  return fields.map(([key, value]) => {
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return { id: `${key} ${times}`, key, value };
  });
}

/** Every field; its value can be added to the filter or excluded. */
export function FieldTable({ fields, filterable = true }: FieldTableProps): ReactNode {
  return (
    <table className="field-table">
      <tbody>
        {numbered(fields).map(({ id, key, value }) => (
          <tr
            key={id}
            data-menu="term"
            data-field={filterable && value !== null ? key : undefined}
            data-value={String(value)}
          >
            <th scope="row" className="mono">
              {visibleText(key)}
            </th>
            <td className="mono">
              <span className={`selectable value ${value === null ? "null" : typeof value}`}>
                {visibleText(String(value))}
              </span>
              {filterable && value !== null && String(value) !== "" && (
                <span className="field-actions">
                  <IconButton
                    light
                    icon={Plus}
                    label={`Filter on this ${key}`}
                    onClick={() => narrow(key, String(value))}
                  />
                  <IconButton
                    light
                    icon={Ban}
                    label={`Exclude this ${key}`}
                    onClick={() => narrow(key, String(value), "excluded")}
                  />
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Actions of what is shown, in one row. */
export function Actions({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="detail-actions">{children}</div>;
}
