/** Everything that can be done, by name: commands, views, services. */
import { Dialog } from "@base-ui/react/dialog";
import { useId, useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import { create } from "zustand";
import { call } from "../bridge.ts";
import { isAvailable, useCommands } from "../commands/registry.ts";
import { setTerm } from "../filter/terms.ts";
import { formatCount } from "../format/number.ts";
import { useRevision } from "../state/case.ts";
import { useQuery } from "../state/query.ts";
import { setFilter, useSelection } from "../state/selection.ts";
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
  const id = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const items = useItems(true);
  const found = useMemo(() => search(typed, items, ({ title }) => title).slice(0, MOST), [typed, items]);
  const at = Math.min(active, found.length - 1);

  const run = (item: Item | undefined): void => {
    if (item === undefined) return;
    usePalette.setState({ open: false });
    // The dialog gives the focus back first; a command may want to put it elsewhere.
    requestAnimationFrame(() => requestAnimationFrame(item.run));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const wrapped = Math.abs(step) === 1 && found.length > 0 ? (at + step + found.length) % found.length : at + step;
      setActive(Math.max(0, Math.min(found.length - 1, wrapped)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(found[at]);
    }
  };
  return (
    <>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        aria-label="Command, view or service"
        placeholder="Command, view or service"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={id} role="listbox" className="palette-list" aria-label="Results">
        {found.map((item, index) => (
          <li
            key={item.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className="menu-item"
            ref={(node) => {
              if (index === at) node?.scrollIntoView({ block: "nearest" });
            }}
            onMouseMove={() => setActive(index)}
            onClick={() => run(item)}
          >
            <span className="palette-group">{item.group}</span>
            <span className="picker-title">{item.title}</span>
            <span className="end">{item.keys === undefined ? item.aside : <Keycaps binding={item.keys} />}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="palette-none">Nothing is called like this.</p>}
    </>
  );
}
