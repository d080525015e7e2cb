/** A path in a narrow place: its folders are cut first, its own name last; the whole of it is in the tooltip. */
import type { ReactNode } from "react";
import { splitPath } from "../../shared/text/path.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import "./middle-path.css";

interface MiddlePathProps {
  readonly path: string;
  /** A beginning that needs no repeating. */
  readonly without?: string;
}

export function MiddlePath({ path, without = "" }: MiddlePathProps): ReactNode {
  const { folders, name } = splitPath(path.startsWith(without) ? path.slice(without.length) : path);
  return (
    <span className="middle-path" title={visibleLine(path)}>
      {folders !== "" && <span className="folders">{visibleLine(folders)}</span>}
      <span className="name">{visibleLine(name)}</span>
    </span>
  );
}
