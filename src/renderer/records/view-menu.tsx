/** What the list shows: its columns, metric samples, the height of its rows. */
import { Menu } from "@base-ui/react/menu";
import { Check, SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { setDensity, toggle, useLayout } from "../state/layout.ts";
import { setSamples, useSelection } from "../state/selection.ts";
import { COLUMN_TITLE, COLUMNS, resetColumns, showColumn, type ListColumns } from "./columns.ts";

export function ViewMenu({ columns }: { readonly columns: ListColumns }): ReactNode {
  const samples = useSelection((state) => state.samples);
  const density = useLayout((state) => state.density);
  const wrapped = useLayout((state) => state.wrapped);
  return (
    <Menu.Root>
      <Menu.Trigger className="icon-button" aria-label="Columns and rows of the list" title="Columns and rows">
        <SlidersHorizontal size={15} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="layer" align="end" sideOffset={2}>
          <Menu.Popup className="popup">
            <Menu.Group>
              <Menu.GroupLabel className="menu-label">Columns</Menu.GroupLabel>
              {COLUMNS.map((id) => (
                <Toggle key={id} checked={columns.visible[id]} onChange={(shown) => showColumn(id, shown)}>
                  {COLUMN_TITLE[id]}
                </Toggle>
              ))}
              <Menu.Item className="menu-item unchecked" onClick={resetColumns}>
                As many and as wide as fit
              </Menu.Item>
            </Menu.Group>
            <div className="menu-line" />
            <Menu.Group>
              <Menu.GroupLabel className="menu-label">Rows</Menu.GroupLabel>
              <Toggle checked={samples} onChange={setSamples}>
                Metric samples
              </Toggle>
              <Toggle checked={wrapped} onChange={() => toggle("wrapped")}>
                Wrap long messages
                <kbd>w</kbd>
              </Toggle>
              <Toggle
                checked={density === "comfortable"}
                onChange={(isComfortable) => setDensity(isComfortable ? "comfortable" : "compact")}
              >
                Comfortable height
              </Toggle>
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface ToggleProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}

const Toggle = ({ checked, onChange, children }: ToggleProps): ReactNode => (
  <Menu.CheckboxItem className="menu-item unchecked" checked={checked} onCheckedChange={onChange}>
    <Menu.CheckboxItemIndicator className="menu-check">
      <Check size={14} aria-hidden />
    </Menu.CheckboxItemIndicator>
    {children}
  </Menu.CheckboxItem>
);
