/** What the list holds, in numbers, and what can be done with all of it. */
import { Copy, PanelLeftOpen } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount, formatCountOf, formatPercent } from "../../shared/text/number.ts";
import { ClockNote } from "../sources/clocks.tsx";
import { useCase } from "../state/case.ts";
import { toggleFacets, useFacetsOpen } from "../state/layout.ts";
import { setSamples, useSelection } from "../state/selection.ts";
import { MutedNote } from "../templates/muted-note.tsx";
import { IconButton } from "../ui/button.tsx";
import type { ListColumns } from "./columns.ts";
import { copyRows } from "./copy-rows.ts";
import { useList } from "./store.ts";
import { ViewMenu } from "./view-menu.tsx";

export function ListHeader({ columns }: { readonly columns: ListColumns }): ReactNode {
  const counted = useList((state) => state.counted);
  const failed = useList((state) => state.failure !== null);
  const facetsOpen = useFacetsOpen();
  return (
    <div className="list-summary">
      {!facetsOpen && <IconButton icon={PanelLeftOpen} label="Show facets" keys="\" onClick={toggleFacets} />}
      <div className="list-counts" role="status">
        {counted === null ? failed ? "Not counted" : "Counting" : <Counts />}
      </div>
      {(counted?.count ?? 0) > 0 && (
        <IconButton
          icon={Copy}
          label="Copy these rows as text, at most 1,000 from the selected one on"
          keys="y"
          onClick={() => copyRows("text")}
        />
      )}
      <ViewMenu columns={columns} />
    </div>
  );
}

function Counts(): ReactNode {
  const counted = useList((state) => state.counted);
  const failure = useList((state) => state.failure);
  const samples = useSelection((state) => state.samples);
  const sampleCount = useCase((state) => state.info?.samples ?? 0);
  if (counted === null) return null;
  const { records, searched, events, hiddenSamples } = counted;
  return (
    <>
      <strong>{formatCountOf(records, "record")}</strong>
      <MutedNote />
      <ClockNote />
      {searched < 1 && <span>{formatPercent(searched, 1)} searched</span>}
      {events > 0 && <span>{formatCountOf(events, "event")}</span>}
      {hiddenSamples > 0 && (
        <span>
          {formatCount(hiddenSamples)} metric {hiddenSamples === 1 ? "sample is" : "samples are"} not listed{" "}
          <button type="button" className="link" onClick={() => setSamples(true)}>
            Show
          </button>
        </span>
      )}
      {samples && sampleCount > 0 && (
        <span>
          Metric samples are listed{" "}
          <button type="button" className="link" onClick={() => setSamples(false)}>
            Hide
          </button>
        </span>
      )}
      {failure !== null && <span className="failure">{failure.message}</span>}
    </>
  );
}
