/** What the menu of a suspect, or of a piece of its evidence, offers. */
import { Activity, Check, Clock, Copy, FileText, MessageSquareText, Waypoints, X } from "lucide-react";
import { headingOf } from "../../shared/text/suspect-words.ts";
import { copy } from "../detail/copy.ts";
import { termActions } from "../filter/menu.ts";
import { commandPart, type MenuParts } from "../menu/parts.ts";
import type { MenuSpot } from "../menu/places.ts";
import { attempt } from "../state/notices.ts";
import { choose, useSuspects, type Evidence, type Suspect } from "./store.ts";
import { showChart, showInDetail, showOnTimeline, showTrace } from "./ways.ts";

/** The card says its place by `data-place`, the piece in it by `data-piece`. */
export function suspectMenu({ target }: Pick<MenuSpot, "target">): MenuParts | null {
  const place = Number(target.closest<HTMLElement>("[data-place]")?.dataset["place"] ?? -1);
  const suspect = useSuspects.getState().verdict?.suspects[place];
  if (suspect === undefined) return null;
  choose(place);
  const at = target.closest<HTMLElement>("[data-piece]")?.dataset["piece"];
  const piece = at === undefined ? undefined : suspect.evidence[Number(at)];
  return piece === undefined ? groupsOf(suspect) : pieceGroups(piece);
}

const groupsOf = (suspect: Suspect): MenuParts => [
  [
    ...commandPart("suspects.cause", { title: "It is the cause", icon: Check }),
    ...commandPart("suspects.rule-out", { title: "Rule it out", icon: X }),
    ...commandPart("suspects.why", { title: "Say why…", icon: MessageSquareText }),
  ],
  [
    ...commandPart("suspects.timeline", { title: "Show on the timeline", icon: Clock }),
    ...(suspect.service === null ? [] : termActions("service", suspect.service)),
  ],
  [{ title: "Copy its name", icon: Copy, run: () => copy("The name", headingOf(suspect)) }],
];

function pieceGroups(piece: Evidence): MenuParts {
  const { place, series, spanId, time, text } = piece;
  return [
    [
      ...(place === null ? [] : [{ title: "Show the record", icon: FileText, run: () => showInDetail(piece) }]),
      ...(place === null && time === null
        ? []
        : [{ title: "Show on the timeline", icon: Clock, run: () => showOnTimeline(piece) }]),
      ...(series === undefined || place === null
        ? []
        : [{ title: "Show the series", icon: Activity, run: () => attempt(() => showChart(piece)) }]),
      ...(spanId === undefined || place === null
        ? []
        : [{ title: "Open the trace", icon: Waypoints, run: () => showTrace(piece) }]),
    ],
    [{ title: "Copy the sentence", icon: Copy, run: () => copy("The evidence", text) }],
  ];
}
