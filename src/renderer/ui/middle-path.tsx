/** A path in a narrow place: its folders are cut first, its own name last; the whole of it is in the tooltip. */
import type { ReactNode } from "react";
import { visibleLine } from "../format/visible.ts";
import "./middle-path.css";

/** "/srv/dumps/" and "app.jsonl"; a path without folders is all name. */
export function splitPath(path: string): { readonly folders: string; readonly name: string } {
  const end = path.search(/[^/\\]*[/\\]*$/u);
  return { folders: path.slice(0, end), name: path.slice(end) };
}

export function MiddlePath({ path }: { readonly path: string }): ReactNode {
  const { folders, name } = splitPath(path);
  return (
    <span className="middle-path" title={visibleLine(path)}>
      {folders !== "" && <span className="folders">{visibleLine(folders)}</span>}
      <span className="name">{visibleLine(name)}</span>
    </span>
  );
}
