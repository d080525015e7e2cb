/** Everything that can be done with a source, on its row. */
import { Menu } from "@base-ui/react/menu";
import { ChevronRight, Ellipsis } from "lucide-react";
import { useState, type ReactNode } from "react";
import { showDeadLetters } from "../dead-letters/filter.ts";
import { cancelImport, type SourceInfo } from "../state/case.ts";
import { attempt } from "../state/notices.ts";
import { filterToSource, isActive, readAgain } from "./actions.ts";
import { useFormats } from "./formats.ts";

const LABEL = "What can be done with this source";

/** A menu a row would cost more than the rest of the row: it exists from its first click on. */
export function SourceMenu({ source }: { readonly source: SourceInfo }): ReactNode {
  const [wanted, setWanted] = useState(false);
  if (!wanted) {
    return (
      <button
        type="button"
        className="icon-button"
        tabIndex={-1}
        aria-haspopup="menu"
        aria-label={LABEL}
        onClick={() => setWanted(true)}
      >
        <Ellipsis size={14} aria-hidden />
      </button>
    );
  }
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger className="icon-button" tabIndex={-1} aria-label={LABEL}>
        <Ellipsis size={14} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="layer" align="end" sideOffset={2}>
          <Menu.Popup className="popup">
            <Items source={source} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Items({ source }: { readonly source: SourceInfo }): ReactNode {
  const formats = useFormats();
  return (
    <>
      <Menu.Item className="menu-item" disabled={source.records === 0} onClick={() => filterToSource(source.path)}>
        Show on the timeline
      </Menu.Item>
      {source.deadLetters > 0 && (
        <Menu.Item className="menu-item" onClick={() => showDeadLetters(source.id)}>
          Show its dead letters
        </Menu.Item>
      )}
      <div className="menu-line" />
      {isActive(source) ? (
        <Menu.Item className="menu-item" onClick={() => attempt(() => cancelImport(source.id))}>
          Stop reading
        </Menu.Item>
      ) : (
        <>
          <Menu.Item className="menu-item" onClick={() => readAgain(source, source.format)}>
            Read again
          </Menu.Item>
          <Menu.SubmenuRoot>
            <Menu.SubmenuTrigger className="menu-item">
              Read as
              <span className="end">
                <ChevronRight size={13} aria-hidden />
              </span>
            </Menu.SubmenuTrigger>
            <Menu.Portal>
              <Menu.Positioner className="layer" side="left" align="start">
                <Menu.Popup className="popup">
                  {formats.map(({ id, title }) => (
                    <Menu.Item key={id} className="menu-item" onClick={() => readAgain(source, id)}>
                      {title}
                      <span className="end">{id}</span>
                    </Menu.Item>
                  ))}
                </Menu.Popup>
              </Menu.Positioner>
            </Menu.Portal>
          </Menu.SubmenuRoot>
        </>
      )}
    </>
  );
}
