/** Everything that can be done, by name: commands, views, services. */
import { Dialog } from "@base-ui/react/dialog";
import { useMemo, type ReactNode } from "react";
import { create } from "zustand";
import { call } from "../bridge.ts";
import { isAvailable, useCommands } from "../commands/registry.ts";
import { setTerm } from "../filter/terms.ts";
import { formatCount } from "../../shared/text/number.ts";
import { useRevision } from "../state/case.ts";
import { useQuery } from "../state/query.ts";
import { setFilter, useSelection } from "../state/selection.ts";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Keycaps } from "../ui/keycaps.tsx";
import { search } from "./search.ts";
import "./palette.css";

export const usePalette = create<{ readonly open: boolean }>(() => ({ open: false }));

interface Item {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly keys?: string;
  readonly aside?: string;
  readonly run: () => void;
}

const MOST = 40;
const SERVICES = 50;

function useItems(open: boolean): readonly Item[] {
  const commands = useCommands((state) => state.commands);
  const revision = useRevision();
  const services = useQuery(open && revision !== null ? `${revision}` : null, () =>
    call("filter.values", { field: "service", prefix: "", limit: SERVICES }),
  );
  return useMemo(() => {
    if (!open) return [];
    const own = [...commands.values()].filter(isAvailable).map(({ id, title, group, run, keys }) => {
      const item = { id, title, group, run };
      return keys?.[0] === undefined ? item : Object.assign(item, { keys: keys[0] });
    });
    const found = (services.data ?? []).map(({ value, count }) => ({
      id: `service:${value}`,
      title: value,
      group: "Only this service",
      aside: formatCount(count),
      run: () => setFilter(setTerm(useSelection.getState().filter, "service", value, "included", true)),
    }));
    return [...own, ...found];
  }, [open, commands, services.data]);
}

export function Palette(): ReactNode {
  const open = usePalette((state) => state.open);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => usePalette.setState({ open: next })} modal="trap-focus">
      <Dialog.Portal>
        <Dialog.Popup className="palette" aria-label="Command palette">
          <PaletteBody />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody(): ReactNode {
  const items = useItems(true);
  const run = (item: Item): void => {
    usePalette.setState({ open: false });
    // The dialog gives the focus back first; a command may want to put it elsewhere.
    requestAnimationFrame(() => requestAnimationFrame(item.run));
  };
  return (
    <ChoiceList
      placeholder="Command, view or service"
      label="Results"
      choices={(typed) => search(typed, items, ({ title }) => title).slice(0, MOST)}
      onChoose={run}
      renderChoice={({ group, title, keys, aside }) => (
        <>
          <span className="palette-group">{group}</span>
          <span className="picker-title">{title}</span>
          <span className="end">{keys === undefined ? aside : <Keycaps binding={keys} />}</span>
        </>
      )}
      none={<p className="palette-none">Nothing is called like this.</p>}
      fieldClass="palette-input"
      listClass="palette-list"
    />
  );
}
