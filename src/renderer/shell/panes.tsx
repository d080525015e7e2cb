/** Panes that a person resizes by their border; each group remembers its sizes. */
import { useEffect, useRef, type ReactNode } from "react";
import { Group, Panel, Separator, type PanelImperativeHandle } from "react-resizable-panels";
import { keepPanes, useLayout } from "../state/layout.ts";

interface PaneProps {
  readonly id: string;
  /** Pixels as a number, percent as "30%"; taken again when it changes, until somebody moves its border. */
  readonly size?: number | string;
  readonly least?: number | string;
  /** Keeps its pixels when the window grows; for panes beside the main one. */
  readonly fixed?: boolean;
  readonly label: string;
  readonly children: ReactNode;
}

/** A region of F6. */
export function Pane({ id, size, least, fixed = false, label, children }: PaneProps): ReactNode {
  const panel = useRef<PanelImperativeHandle>(null);
  const sizeBefore = useRef(size);
  useEffect(() => {
    if (size !== undefined && size !== sizeBefore.current && !isChosen(id)) panel.current?.resize(size);
    sizeBefore.current = size;
  }, [id, size]);
  return (
    <Panel
      id={id}
      panelRef={panel}
      className="pane"
      {...(size === undefined ? {} : { defaultSize: size })}
      {...(least === undefined ? {} : { minSize: least })}
      groupResizeBehavior={fixed ? "preserve-pixel-size" : "preserve-relative-size"}
      role="region"
      aria-label={label}
      data-pane={id}
    >
      {children}
    </Panel>
  );
}

const isChosen = (id: string): boolean => Object.values(useLayout.getState().panes).some((sizes) => id in sizes);

interface PanesProps {
  readonly id: string;
  readonly across?: boolean;
  readonly children: ReactNode;
}

export function Panes({ id, across = false, children }: PanesProps): ReactNode {
  const layout = useLayout((state) => state.panes[id]);
  return (
    <Group
      id={id}
      className="panes"
      orientation={across ? "horizontal" : "vertical"}
      {...(layout === undefined ? {} : { defaultLayout: layout })}
      onLayoutChanged={(sizes, { isUserInteraction }) => {
        if (isUserInteraction) keepPanes(id, sizes);
      }}
    >
      {children}
    </Group>
  );
}

export function Border({ across = false }: { readonly across?: boolean }): ReactNode {
  return <Separator className={across ? "border across" : "border"} />;
}
