/** What the menu of a source's row offers; its button at the end of the row offers the formats too. */
import { CircleStop, Copy, ListFilter, MailX, RotateCcw } from "lucide-react";
import { fileName } from "../../shared/text/path.ts";
import { showDeadLetters } from "../dead-letters/filter.ts";
import { copy } from "../detail/copy.ts";
import { termActions } from "../filter/menu.ts";
import type { MenuParts } from "../menu/parts.ts";
import { cancelImport, type SourceInfo } from "../state/case.ts";
import { attempt } from "../state/notices.ts";
import { filterToSource, isActive, readAgain } from "./actions.ts";

export function sourceMenu(source: SourceInfo): MenuParts {
  const { id, path, format, records, deadLetters } = source;
  return [
    [
      ...(records > 0 ? [{ title: "Show on the timeline", icon: ListFilter, run: () => filterToSource(path) }] : []),
      ...(deadLetters > 0 ? [{ title: "Show its dead letters", icon: MailX, run: () => showDeadLetters(id) }] : []),
      ...(records > 0 ? termActions("source", path, fileName(path)).slice(1) : []),
    ],
    [
      isActive(source)
        ? { title: "Stop reading", icon: CircleStop, run: () => attempt(() => cancelImport(id)) }
        : { title: "Read again", icon: RotateCcw, run: () => readAgain(source, format) },
    ],
    [{ title: "Copy the path", icon: Copy, run: () => copy("The path", path) }],
  ];
}
