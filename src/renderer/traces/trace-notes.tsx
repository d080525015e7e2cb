/** What is odd about the open trace, each a sentence that leads to the spans it is about. */
import { CircleAlert } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { formatDuration } from "../../shared/text/duration.ts";
import { formatCountOf } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { FINDING_KINDS } from "./finding-kinds.ts";
import { openFinding, useNotes, type TraceFinding } from "./notes-state.ts";

export function TraceNotes({ problems }: { readonly problems: readonly string[] }): ReactNode {
  const findings = useNotes((state) => state.findings);
  const chosen = useNotes((state) => state.finding);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (chosen !== null) list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  if (problems.length === 0 && (findings === null || findings.length === 0)) return null;
  return (
    <section className="trace-notes" aria-label="What is odd about this trace">
      {problems.length > 0 && (
        <p className="trace-problems selectable" role="note">
          <CircleAlert size={14} aria-hidden />
          <span>{visibleLine(problems.join(" "))}</span>
        </p>
      )}
      {findings !== null && findings.length > 0 && (
        <ul className="trace-findings" aria-label={formatCountOf(findings.length, "finding")} ref={list}>
          {findings.map((finding, index) => (
            <FindingRow
              key={`${finding.kind} ${finding.text}`}
              finding={finding}
              index={index}
              chosen={index === chosen}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface FindingRowProps {
  readonly finding: TraceFinding;
  readonly index: number;
  readonly chosen: boolean;
}

function FindingRow({ finding, index, chosen }: FindingRowProps): ReactNode {
  const { icon: Icon, title } = FINDING_KINDS[finding.kind];
  return (
    <li>
      <button type="button" className="trace-finding" aria-current={chosen} onClick={() => openFinding(index)}>
        <span className="trace-finding-kind" data-kind={finding.kind}>
          <Icon size={13} aria-hidden />
          {title}
        </span>
        <span className="trace-finding-text">{visibleLine(finding.text)}</span>
        <span className="trace-finding-cost">{formatDuration(finding.micros)}</span>
      </button>
    </li>
  );
}
