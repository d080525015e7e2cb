/** What became of every unit of a source, as a sum that a person can check. */
import type { ReactNode } from "react";
import { Section } from "../detail/parts.tsx";
import { formatCount } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import type { SourceInfo } from "../state/case.ts";
import { addsUp, skipReasons } from "./accounting.ts";
import { useFormats } from "./formats.ts";

export function Equation({ source }: { readonly source: SourceInfo }): ReactNode {
  const formats = useFormats();
  const { read, records, deadLetters, skipped, format } = source;
  const unit = formats.find(({ id }) => id === format)?.unit ?? "unit";
  return (
    <Section title="Accounting" aside={addsUp(source) ? "adds up" : undefined}>
      <table className="sum">
        <tbody>
          <Line sign="" value={records} of={records === 1 ? "record" : "records"} />
          <Line sign="+" value={deadLetters} of={deadLetters === 1 ? "dead letter" : "dead letters"} />
          <Line sign="+" value={skipped} of="skipped" />
          {skipReasons(source).map(([reason, units]) => (
            <tr key={reason} className="why">
              <td />
              <td>{formatCount(units)}</td>
              <td>{visibleLine(reason)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <Line sign="=" value={read} of={`${unit}${read === 1 ? "" : "s"} read`} />
        </tfoot>
      </table>
      {!addsUp(source) && (
        <p className="wrong" role="alert">
          These do not add up: {formatCount(records + deadLetters + skipped)} are accounted for and {formatCount(read)}{" "}
          were read. This is a fault of Faultline, please report it with this file.
        </p>
      )}
    </Section>
  );
}

interface LineProps {
  readonly sign: string;
  readonly value: number;
  readonly of: string;
}

const Line = ({ sign, value, of }: LineProps): ReactNode => (
  <tr>
    <td>{sign}</td>
    <td>{formatCount(value)}</td>
    <td>{of}</td>
  </tr>
);
