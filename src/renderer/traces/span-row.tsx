/** One span in the tree: its place by indentation, what may be opened, service and operation. */
import { ChevronDown, ChevronRight, CornerDownRight, IterationCcw } from "lucide-react";
import { memo, useMemo, type ReactNode } from "react";
import type { Span } from "../../shared/model/trace.ts";
import { formatDuration, formatOffset } from "../../shared/text/duration.ts";
import { formatCount } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { useShownTheme } from "../state/layout.ts";
import { SEVERITY_SHAPE } from "../ui/severity.tsx";
import { FINDING_KINDS } from "./finding-kinds.ts";
import { css, serviceRgb } from "./hues.ts";
import { hasChildren, spanOf } from "./model.ts";
import { useNotes } from "./notes-state.ts";
import { select, toggleOpen, useWaterfall } from "./waterfall-state.ts";

interface SpanRowProps {
  readonly index: number;
  readonly top: number;
  readonly hue: number | null;
  readonly dimmed: boolean;
}

const INDENT = 10;
/** Deeper spans are not indented further: their depth is written instead. */
const DEEPEST_INDENT = 10;

export const spanRowId = (index: number): string => `span-${index}`;

export const SpanRow = memo(function SpanRow({ index, top, hue, dimmed }: SpanRowProps): ReactNode {
  const theme = useShownTheme((state) => state.shown);
  const model = useWaterfall((state) => state.model);
  const selected = useWaterfall((state) => state.selected === index);
  const hovered = useWaterfall((state) => state.hovered === index);
  const closed = useWaterfall((state) => state.collapsed.has(index));
  const span = useMemo(() => spanOf(model, index), [model, index]);
  if (span === undefined) return null;
  const depth = model.depth[index] ?? 0;
  const parent = hasChildren(model, index);
  const service = visibleLine(span.service ?? "no service");
  const name = visibleLine(span.name);
  const below = (model.size[index] ?? 1) - 1;
  const states = [selected ? "selected" : "", hovered ? "hovered" : "", dimmed ? "dimmed" : ""].filter(Boolean);
  const lasts = formatDuration(model.length[index] ?? 0);
  const spoken = `${service} ${name}, ${lasts} from ${formatOffset(model.start[index] ?? 0)}${span.failed ? ", failed" : ""}`;
  return (
    <div
      id={spanRowId(index)}
      className={`span-row ${states.join(" ")}`}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={selected}
      aria-expanded={parent ? !closed : undefined}
      aria-label={spoken}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: 4 + Math.min(depth, DEEPEST_INDENT) * INDENT }}
      onPointerDown={(event) => {
        if (event.button === 0) select(index);
      }}
    >
      {depth > DEEPEST_INDENT && <span className="span-depth">{formatCount(depth)}</span>}
      {parent ? (
        <button
          type="button"
          className="span-twisty"
          tabIndex={-1}
          aria-hidden
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => toggleOpen(index)}
        >
          {closed ? <ChevronRight size={14} /> : <ChevronDown size={14} />}
        </button>
      ) : (
        <span className="span-twisty" />
      )}
      <span className="span-chip" style={{ background: css(serviceRgb(hue, theme)) }} />
      <PlaceMark place={span.place} parentId={span.parentId} />
      <FindingMark index={index} />
      {span.failed && (
        <svg className="span-failed" width={9} height={9} viewBox="0 0 10 10" aria-hidden>
          <path d={SEVERITY_SHAPE.HIGH} />
        </svg>
      )}
      <span className="span-text" title={`${service}  ${name}`}>
        <span className="span-service">{service}</span> {name}
      </span>
      {closed && <span className="span-below">+{formatCount(below)}</span>}
    </div>
  );
});

function FindingMark({ index }: { readonly index: number }): ReactNode {
  const finding = useNotes((state) => state.flags.get(index));
  if (finding === undefined) return null;
  const { icon: Icon, title } = FINDING_KINDS[finding.kind];
  return (
    <span className="span-place" title={visibleLine(finding.text)} role="img" aria-label={title}>
      <Icon size={12} aria-hidden />
    </span>
  );
}

function PlaceMark({ place, parentId }: Pick<Span, "place" | "parentId">): ReactNode {
  // Both sides of a call sharing an id is how Zipkin writes it, not a fault.
  if (place === "as-written" || place === "shared-id") return null;
  const Icon = place === "parent-missing" ? CornerDownRight : IterationCcw;
  const why =
    place === "parent-missing"
      ? `Its parent ${parentId ?? ""} is not in this trace`
      : "Its parents form a circle, which is cut here";
  return (
    <span className="span-place" title={why} role="img" aria-label={why}>
      <Icon size={12} aria-hidden />
    </span>
  );
}
