/** One template in the detail pane: how often and when, its values, what people decided about it. */
import { ListFilter, Merge, Volume2, VolumeX } from "lucide-react";
import type { ReactNode } from "react";
import type { CallOutput } from "../../shared/contract.ts";
import type { TemplateRow } from "../../shared/contract/templates.ts";
import { call } from "../bridge.ts";
import { Actions, Fact, Facts, Moment, Section } from "../detail/parts.tsx";
import { formatCount, formatCountOf } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { focusOn, locate, type Focus } from "../state/focus.ts";
import { attempt } from "../state/notices.ts";
import { useQuery } from "../state/query.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { LevelMark } from "../ui/severity.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { Bars } from "./bars.tsx";
import { numbered } from "./numbered.ts";
import { mute, showLines, split, startMerge, takeBack, useTemplateList, useTemplateSelection } from "./store.ts";
import { TemplateText } from "./template-text.tsx";
import "./templates.css";

export function TemplatePanel({ focus }: { readonly focus: Extract<Focus, { type: "template" }> }): ReactNode {
  const { data, failure } = useTemplateList();
  if (data === null) {
    return failure === null ? (
      <SkeletonLines count={8} />
    ) : (
      <EmptyState title="The template could not be read">{failure.message}</EmptyState>
    );
  }
  const row = data.templates.find(({ id }) => id === focus.id);
  if (row === undefined) {
    return (
      <EmptyState title="This template is not here">
        No record of the selection has it, or later records made it part of another one.
      </EmptyState>
    );
  }
  return <Shown row={row} />;
}

function Shown({ row }: { readonly row: TemplateRow }): ReactNode {
  const { muted } = row;
  return (
    <article className="detail" tabIndex={-1} data-main>
      <header className="detail-head">
        <span className="detail-kind">
          Template <LevelMark level={row.level} />
          {muted !== null && (
            <>
              <VolumeX size={13} aria-hidden /> muted
            </>
          )}
        </span>
        <h2 className="selectable">
          <TemplateText text={row.text} />
        </h2>
      </header>
      <Actions>
        <Button icon={ListFilter} onClick={() => showLines(row.id)}>
          Show these lines
        </Button>
        {muted === null ? (
          <Button icon={VolumeX} onClick={() => attempt(() => mute(row.id))}>
            Mute
          </Button>
        ) : (
          <Button icon={Volume2} onClick={() => attempt(() => takeBack("mute", muted))}>
            Show again
          </Button>
        )}
        <Button icon={Merge} onClick={() => startMerge(row)}>
          Merge…
        </Button>
      </Actions>
      <Bars values={row.bars} width={288} height={36} />
      <Facts>
        <Fact name="Records">{formatCount(row.count)}</Fact>
        {row.first !== null && (
          <Fact name="First">
            <Moment time={row.first} digits={3} />
          </Fact>
        )}
        {row.last !== null && (
          <Fact name="Last">
            <Moment time={row.last} digits={3} />
          </Fact>
        )}
        <Fact name="Before, after">
          {formatCount(row.before)}, {formatCount(row.after)}
          <span className="second">{surenessOf(row.change)}</span>
        </Fact>
        <Fact name="Id">
          <span className="mono selectable">{row.id}</span>
        </Fact>
      </Facts>
      <Decided row={row} />
      <Values id={row.id} />
    </article>
  );
}

function surenessOf(change: number): string {
  const size = Math.abs(change);
  if (size < 3) return "may be chance";
  return `${change > 0 ? "more" : "less"} frequent by ${size.toFixed(1)} standard errors`;
}

/** What people decided, each with the way back, and where it can be split. */
function Decided({ row: { id, merged, splitFrom, words } }: { readonly row: TemplateRow }): ReactNode {
  if (merged.length === 0 && splitFrom === null && words.length === 0) return null;
  return (
    <Section title="Made of">
      {merged.map((one) => (
        <div key={one.id} className="template-part">
          <TemplateText text={one.text} />
          <Button tone="quiet" onClick={() => attempt(() => takeBack("merge", one.id))}>
            Take apart
          </Button>
        </div>
      ))}
      {merged.length > 0 && <p className="second">To split it by its words, take apart what was merged first.</p>}
      {splitFrom !== null && (
        <div className="template-part">
          <span>
            Split from <TemplateText text={splitFrom.text} />
          </span>
          <Button tone="quiet" onClick={() => attempt(() => takeBack("split", splitFrom.id))}>
            Join again
          </Button>
        </div>
      )}
      {words.map(({ place, texts }) => (
        <div key={place} className="template-part">
          <span className="mono template-words">{texts.slice(0, 6).map(visibleLine).join(", ")}</span>
          <span className="second">{texts.length > 6 ? `${formatCount(texts.length)} words` : ""}</span>
          <Button tone="quiet" onClick={() => attempt(() => split(id, place))}>
            Split by these
          </Button>
        </div>
      ))}
    </Section>
  );
}

function Values({ id }: { readonly id: string }): ReactNode {
  const { selection, key } = useTemplateSelection();
  const { data, failure } = useQuery(key === null ? null : `${id} ${key}`, () =>
    call("templates.values", { id, selection }),
  );
  if (failure !== null) return <p className="second">{failure.message}</p>;
  if (data === null) return <SkeletonLines count={5} />;
  return <ShownValues values={data} />;
}

function ShownValues({ values }: { readonly values: NonNullable<CallOutput<"templates.values">> }): ReactNode {
  const { parameters, examples, sampled, count } = values;
  const aside = sampled < count ? `from ${formatCount(sampled)} of ${formatCountOf(count, "record")}` : undefined;
  return (
    <>
      <Section title="Values" aside={aside}>
        {parameters.length === 0 && <p className="second">It has none: every record says the same.</p>}
        {numbered(parameters).map(({ id, label, one: { type, distinct, top } }) => (
          <div key={id} className="template-value">
            <div className="template-value-head">
              <span className="mono">{visibleLine(label)}</span>
              <span className="second">
                {type}, {formatCountOf(distinct, "value")}
              </span>
            </div>
            <ul>
              {top.map((one) => (
                <li key={one.value}>
                  <span className="template-share" style={{ width: `${(one.count / sampled) * 100}%` }} aria-hidden />
                  <span className="mono selectable" title={one.value}>
                    {visibleLine(one.value) || "(empty)"}
                  </span>
                  <span className="template-value-count">{formatCount(one.count)}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Section>
      <Section title="Examples">
        {examples.map(({ ref, message }) => (
          <button
            key={ref}
            type="button"
            className="template-example mono"
            onClick={() => {
              focusOn({ type: "record", ref });
              locate({ ref });
            }}
          >
            {visibleLine(message)}
          </button>
        ))}
      </Section>
    </>
  );
}
