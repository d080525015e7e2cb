/** Files and folders may be dropped anywhere on the window. */
import { FileDown } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { visibleLine } from "../../shared/text/visible.ts";
import { pathsOf } from "../bridge.ts";
import { openPaths, useCase } from "../state/case.ts";
import { notify } from "../state/notices.ts";

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;

export function DropTarget(): ReactNode {
  const [over, setOver] = useState(false);
  const title = useCase((state) => state.info?.title);
  useEffect(() => {
    // Entering a child leaves its parent: only the balance says whether the pointer is still over the window.
    let depth = 0;
    const stop = new AbortController();
    const hear = (type: "dragenter" | "dragleave" | "dragover" | "drop", handle: (event: DragEvent) => void): void =>
      window.addEventListener(
        type,
        (event) => {
          if (!carriesFiles(event)) return;
          event.preventDefault();
          handle(event);
        },
        { signal: stop.signal },
      );
    hear("dragenter", () => setOver(++depth > 0));
    hear("dragleave", () => setOver(--depth > 0));
    hear("dragover", (event) => {
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
    });
    hear("drop", (event) => {
      depth = 0;
      setOver(false);
      const paths = event.dataTransfer === null ? [] : pathsOf(event.dataTransfer.files);
      if (paths.length === 0)
        notify("failure", "What was dropped is no file on this disk. Save it to a file and drop that.");
      openPaths(paths);
    });
    return () => stop.abort();
  }, []);
  if (!over) return null;
  return (
    <div className="drop-over">
      <div className="drop-card">
        <FileDown size={24} strokeWidth={1.5} aria-hidden />
        <p>{title === undefined ? "Drop to open as a new case" : `Drop to add to ${visibleLine(title)}`}</p>
        <p className="second">
          {title === undefined
            ? "Logs, metrics, traces, changes, archives or a whole folder."
            : "What is there already stays; times line up on the same axis."}
        </p>
      </div>
    </div>
  );
}
