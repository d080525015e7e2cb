/** Keys of the suspects. */
import type { Command } from "../commands/registry.ts";
import { goTo, useSelection } from "../state/selection.ts";
import type { Suspect } from "./store.ts";
import { decide, sayWhy } from "./decide.ts";
import { choose, findWindows, takeBrush, useSuspects } from "./store.ts";
import { showOnTimeline } from "./ways.ts";

const chosen = () => {
  const { verdict, chosen: at } = useSuspects.getState();
  return verdict?.suspects[at];
};
const reveal = (): void =>
  document.querySelector(".suspect[aria-current='true']")?.scrollIntoView({ block: "nearest" });

function step(by: number): void {
  choose(useSuspects.getState().chosen + by);
  requestAnimationFrame(reveal);
}

const withChosen = (act: (suspect: Suspect) => void) => (): void => {
  const suspect = chosen();
  if (suspect !== undefined) act(suspect);
};

export const suspectCommands: readonly Command[] = [
  { id: "suspects.next", title: "Next suspect", group: "List", keys: ["j"], run: () => step(1) },
  { id: "suspects.previous", title: "Previous suspect", group: "List", keys: ["k"], run: () => step(-1) },
  {
    id: "suspects.cause",
    title: "Conclude that the suspect is the cause, or take that back",
    group: "Case",
    keys: ["c"],
    when: () => chosen() !== undefined,
    run: withChosen((suspect) => decide(suspect, "cause")),
  },
  {
    id: "suspects.rule-out",
    title: "Rule the suspect out, or take that back",
    group: "Case",
    keys: ["x"],
    when: () => chosen() !== undefined,
    run: withChosen((suspect) => decide(suspect, "ruled-out")),
  },
  {
    id: "suspects.why",
    title: "Say why the suspect is or is not the cause",
    group: "Case",
    keys: ["w"],
    when: () => chosen() !== undefined,
    run: withChosen(sayWhy),
  },
  {
    id: "suspects.timeline",
    title: "Show the suspect on the timeline",
    group: "Go to",
    keys: ["g"],
    when: () => chosen() !== undefined,
    run: () => {
      const suspect = chosen();
      const place = suspect?.evidence.find((evidence) => evidence.place !== null)?.place ?? null;
      if (suspect !== undefined) showOnTimeline({ place, time: suspect.since });
    },
  },
  {
    id: "suspects.onset",
    title: "Show the onset on the timeline",
    group: "Go to",
    when: () => useSuspects.getState().verdict?.onset !== undefined,
    run: () => {
      const onset = useSuspects.getState().verdict?.onset ?? null;
      if (onset !== null) showOnTimeline({ place: onset.place, time: onset.time });
    },
  },
];

/** Asked from every view: the range is mostly brushed on the timeline. */
export const incidentCommands: readonly Command[] = [
  {
    id: "suspects.take-brush",
    title: "Find the cause of the selected range: take it for the incident",
    group: "Timeline",
    keys: ["Shift+S"],
    when: () => useSelection.getState().brush !== null,
    run: () => {
      takeBrush();
      goTo({ view: "suspects" });
    },
  },
  {
    id: "suspects.find-windows",
    title: "Find the incident from the data",
    group: "Timeline",
    when: () => useSuspects.getState().incident !== null,
    run: findWindows,
  },
];
