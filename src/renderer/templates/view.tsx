/** Templates of the log messages: what is said, how often, since when, and what became more or less frequent. */
import { LetterText, Merge, VolumeX } from "lucide-react";
import { useEffect, useMemo, type ReactNode } from "react";
import type { TemplateRow } from "../../shared/contract/templates.ts";
import { useRegistered } from "../commands/registry.ts";
import { formatCount, formatCountOf } from "../../shared/text/number.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { useCase } from "../state/case.ts";
import { focusOn, useFocus } from "../state/focus.ts";
import { attempt } from "../state/notices.ts";
import { goTo, useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { Cell, DataGrid, type Column } from "../ui/data-grid.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { LevelMark } from "../ui/severity.tsx";
import { FailedState } from "../ui/failed-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { Bars } from "./bars.tsx";
import { SEARCH_ID, templateCommands } from "./commands.ts";
import { firstSeen, seenOnDays } from "./first-seen.ts";
import { templateMenu } from "./menu.ts";
import { changeText, ORDERS, ranked } from "./ranking.ts";
import { mergeInto, showLines, stopMerge, useTemplateList, useTemplates, type TemplateList } from "./store.ts";
import { TemplateText } from "./template-text.tsx";
import "./templates.css";

export function TemplatesView(): ReactNode {
  useRegistered(templateCommands);
  useEffect(() => stopMerge, []);
  const { data, failure, loading, retry } = useTemplateList();
  if (data === null) {
    if (failure === null) return <SkeletonLines count={12} />;
    return <FailedState title="The templates could not be read" failure={failure} retry={retry} />;
  }
  return (
    <section className="templates" aria-label="Templates" aria-busy={loading}>
      <Toolbar list={data} />
      <MergeBar />
      {data.templates.length === 0 ? <NoTemplates list={data} /> : <Listed list={data} />}
    </section>
  );
}

function Toolbar({ list }: { readonly list: TemplateList }): ReactNode {
  const { order, search, muted } = useTemplates();
  const mutedCount = list.templates.filter((one) => one.muted !== null).length;
  return (
    <div className="template-bar">
      <div className="template-orders" role="group" aria-label="Order">
        {ORDERS.map((one) => (
          <button
            key={one.order}
            type="button"
            className="template-order"
            aria-pressed={order === one.order}
            onClick={() => useTemplates.setState({ order: one.order })}
          >
            {one.title}
          </button>
        ))}
      </div>
      <input
        id={SEARCH_ID}
        className="field"
        type="search"
        placeholder="Search templates"
        aria-label="Search templates"
        spellCheck={false}
        value={search}
        onChange={(event) => useTemplates.setState({ search: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          useTemplates.setState({ search: "" });
          event.currentTarget.blur();
        }}
      />
      {(mutedCount > 0 || muted) && (
        <button
          type="button"
          className="template-order"
          aria-pressed={muted}
          onClick={() => useTemplates.setState({ muted: !muted })}
        >
          <VolumeX size={13} aria-hidden />
          {formatCount(mutedCount)} muted
        </button>
      )}
      <span className="template-summary" role="status">
        {formatCountOf(list.templates.length, "template")} of {formatCountOf(list.records, "log record")}
        {list.without > 0 && `, ${formatCountOf(list.without, "record")} without one`}
      </span>
    </div>
  );
}

/** Shown while the other half of a merge is chosen. */
function MergeBar(): ReactNode {
  const merging = useTemplates((state) => state.merging);
  const focus = useFocus((state) => state.focus);
  if (merging === null) return null;
  const target = focus?.type === "template" && focus.id !== merging.id ? focus.id : null;
  return (
    <div className="template-merge" role="status">
      <Merge size={14} aria-hidden />
      <span className="template-merge-text">
        Choose what <TemplateText text={merging.text} /> is told as
      </span>
      <Button tone="primary" disabled={target === null} onClick={() => attempt(() => mergeInto(target ?? ""))}>
        Make them one
      </Button>
      <Button onClick={stopMerge}>Leave apart</Button>
    </div>
  );
}

const COLUMNS: readonly Column[] = [
  { id: "count", title: "Records", end: true },
  { id: "bars", title: "Over time", hint: "Records over the time that is looked at, each row by its own most" },
  {
    id: "change",
    title: "Change",
    hint: "How often in the later time against the earlier; empty where it may be chance",
  },
  { id: "first", title: "First seen" },
  { id: "level", title: "Level", hint: "The gravest of its records" },
  { id: "template", title: "Template" },
];

function Listed({ list }: { readonly list: TemplateList }): ReactNode {
  const { order, search, muted, merging } = useTemplates();
  const rows = useMemo(() => ranked(list.templates, { order, search, muted }), [list, order, search, muted]);
  const focus = useFocus((state) => state.focus);
  const cursor = focus?.type === "template" ? rows.findIndex(({ id }) => id === focus.id) : -1;
  const share = useLaterShare(list);
  const zone = useZone((state) => state.zone);
  const dated = useMemo(() => seenOnDays(list.templates, zone), [list, zone]);
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={LetterText}
        title={muted ? "Nothing is muted" : "No template matches"}
        actions={
          <Button onClick={() => useTemplates.setState({ search: "", muted: false })}>Show all templates</Button>
        }
      >
        {muted ? "Muted templates, and their records, are left out of every list until they are shown again." : null}
      </EmptyState>
    );
  }
  return (
    <DataGrid
      label="Templates"
      className={dated ? "template-grid dated" : "template-grid"}
      columns={COLUMNS}
      count={rows.length}
      cursor={cursor}
      onCursor={(index) => {
        const row = rows[index];
        if (row !== undefined) focusOn({ type: "template", id: row.id }, row.first);
      }}
      menuOf={(index) => {
        const row = rows[index];
        return row === undefined ? [] : templateMenu(row);
      }}
      onOpen={(index) => {
        const row = rows[index];
        if (row === undefined) return;
        if (merging === null) showLines(row.id);
        else attempt(() => mergeInto(row.id));
      }}
      renderCells={(index) => {
        const row = rows[index];
        return row === undefined ? null : <Cells row={row} laterShare={share} zone={zone} dated={dated} />;
      }}
    />
  );
}

/** Share of the time that the later of the two compared ones has. */
function useLaterShare({ compared }: TemplateList): number {
  const span = useCase(({ info }) => (info?.to ?? 0) - (info?.from ?? 0));
  if (compared === null || compared.what === "halves" || span <= 0) return 0.5;
  return Math.min(0.999, Math.max(0.001, (compared.to - compared.from) / span));
}

interface CellsProps {
  readonly row: TemplateRow;
  readonly laterShare: number;
  readonly zone: string;
  /** Dates are written, since not all templates were first seen on the same day. */
  readonly dated: boolean;
}

function Cells({ row, laterShare, zone, dated }: CellsProps): ReactNode {
  const change = changeText(row, laterShare);
  return (
    <>
      <Cell column="count" end>
        {formatCount(row.count)}
      </Cell>
      <Cell column="bars">
        <Bars values={row.bars} width={96} height={14} />
      </Cell>
      <Cell
        column="change"
        className={row.change > 0 ? "more" : "less"}
        title={`${formatCountOf(row.before, "record")} before, ${formatCount(row.after)} after`}
      >
        {change}
      </Cell>
      <Cell column="first" className="mono" {...(row.first !== null && { title: formatMoment(row.first, zone) })}>
        {row.first === null ? <span className="nothing">no time</span> : firstSeen(row.first, zone, dated)}
      </Cell>
      <Cell column="level">
        <LevelMark level={row.level} />
      </Cell>
      <Cell column="template" title={row.text}>
        <TemplateText text={row.text} />
      </Cell>
    </>
  );
}

function NoTemplates({ list }: { readonly list: TemplateList }): ReactNode {
  const filtered = useSelection((state) => state.filter !== "" || state.window !== null || state.brush !== null);
  const reading = useCase(({ info }) => (info?.reading ?? 0) > 0);
  if (list.without > 0) {
    return (
      <EmptyState icon={LetterText} title="These records have no templates">
        They were read by an older Faultline. Read their sources again to get templates.
      </EmptyState>
    );
  }
  if (filtered) {
    return (
      <EmptyState
        icon={LetterText}
        title="No log message here"
        actions={<Button onClick={() => goTo({ filter: "", window: null, brush: null })}>Show everything</Button>}
      >
        Nothing in this selection is a message of a log.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={LetterText} title={reading ? "No log messages yet" : "This case has no log messages"}>
      A template is what log messages have in common once their values are taken out.
      {!reading && " Drop logs on the window to add them."}
    </EmptyState>
  );
}
