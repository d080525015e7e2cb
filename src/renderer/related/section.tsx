/** What belongs to a record in whatever source: the same trace, request or id, the same host or pod. */
import type { ReactNode } from "react";
import type { CallOutput } from "../../shared/contract.ts";
import type { RelatedLink } from "../../shared/contract/correlation.ts";
import { call } from "../bridge.ts";
import { Section } from "../detail/parts.tsx";
import { formatCount, formatCountOf, formatPercent } from "../../shared/text/number.ts";
import { fileName } from "../../shared/text/path.ts";
import { formatClock } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { useCase, useRevision } from "../state/case.ts";
import { focusOn } from "../state/focus.ts";
import { useQuery } from "../state/query.ts";
import { whole } from "../state/searching.ts";
import { goTo } from "../state/selection.ts";
import { useSettled } from "../ui/use-settled.ts";
import { useZone } from "../state/zone.ts";
import { LevelMark } from "../ui/severity.tsx";
import "./related.css";

const NAMES: Readonly<Record<RelatedLink["kind"], string>> = {
  trace: "Same trace",
  span: "Same span",
  request: "Same request",
  correlation: "Same correlation",
  text: "Same id in text",
  host: "Same host",
  pod: "Same pod",
  "failed-near": "Failed spans of",
  "slow-near": "Slowest spans of",
};

const REST_MS = 250;
/** Rows of a link. */
const SHOWN = 4;
const SOURCES_SHOWN = 3;

export function RelatedRecords({ reference }: { readonly reference: string }): ReactNode {
  const revision = useRevision();
  // Each answer searches the case: not for every row that the arrow keys pass.
  const settled = useSettled(reference, REST_MS);
  const key = revision === null || settled !== reference ? null : `${revision} ${reference}`;
  const { data, failure } = useQuery<CallOutput<"related.find">>(key, (show) =>
    whole(() => call("related.find", { ref: reference, limit: SHOWN, partial: true }), show),
  );
  if (failure !== null) {
    return (
      <Section title="Related">
        <p className="second">{failure.message}</p>
      </Section>
    );
  }
  return (
    <Section title="Related" aside={data === null ? "" : formatCount(data.links.length)}>
      {data === null ? (
        <p className="second" role="status">
          Searching the case…
        </p>
      ) : (
        <>
          {data.searched < 1 && (
            <p className="second" role="status">
              {formatPercent(data.searched, 1)} of the case searched so far
            </p>
          )}
          {data.links.length === 0 && data.searched === 1 && (
            <p className="second">No other record bears an id, host or pod of this one.</p>
          )}
          {data.links.map((link) => (
            <Link key={`${link.kind} ${link.value}`} link={link} />
          ))}
        </>
      )}
    </Section>
  );
}

function Link({ link }: { readonly link: RelatedLink }): ReactNode {
  const { kind, value, filter, total, sources, rows } = link;
  const paths = useCase((state) => state.sources);
  const zone = useZone((state) => state.zone);
  const nameOf = (id: number): string => fileName(paths.find((source) => source.id === id)?.path ?? "");
  const isNear = kind === "failed-near" || kind === "slow-near";
  return (
    <div className="related-link">
      <button
        type="button"
        className="related-head"
        title="Show them all"
        onClick={() => {
          goTo({ filter, window: null, brush: null });
        }}
      >
        <span>{NAMES[kind]}</span>
        <span className="mono related-value">{visibleLine(value)}</span>
        <span className="second">{formatCountOf(total, isNear ? "span" : "other record")}</span>
      </button>
      {isNear && <p className="second">Within a minute of the sample, which names no trace itself.</p>}
      <p className="second">
        {sources
          .slice(0, SOURCES_SHOWN)
          .map(({ sourceId, count }) => `${nameOf(sourceId)} ${formatCount(count)}`)
          .join(", ")}
        {sources.length > SOURCES_SHOWN && `, ${formatCount(sources.length - SOURCES_SHOWN)} more sources`}
      </p>
      <ul>
        {rows.map((row) => (
          <li key={row.ref}>
            <button
              type="button"
              className="related-row"
              onClick={() => focusOn({ type: "record", ref: row.ref }, row.time)}
            >
              <LevelMark level={row.level} />
              <span className="mono second">{row.time === null ? "–" : formatClock(row.time, zone, 3)}</span>
              <span className="related-text">{visibleLine(row.message)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
