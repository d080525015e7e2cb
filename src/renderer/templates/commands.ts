/** Keys of the list of templates, while it is on screen. */
import { call } from "../bridge.ts";
import type { Command } from "../commands/registry.ts";
import { useLayout } from "../state/layout.ts";
import { attempt } from "../state/notices.ts";
import { ORDERS } from "./ranking.ts";
import { focusedTemplate, mute, showLines, stopMerge, takeBack, useTemplates } from "./store.ts";

export const SEARCH_ID = "template-search";

const isShown = (): boolean => useLayout.getState().view === "templates";

function withFocused(act: (id: string) => void): void {
  const id = focusedTemplate();
  if (id !== null) act(id);
}

/** Asks the case: what the window knows of it is a moment old when the key is pressed twice. */
async function toggleMuted(id: string): Promise<void> {
  const muted = (await call("templates.muted", undefined)).find((one) => one.id === id);
  await (muted === undefined ? mute(id) : takeBack("mute", muted.decision));
}

export const templateCommands: readonly Command[] = [
  {
    id: "templates.lines",
    title: "Show the records of the template",
    group: "List",
    keys: ["g"],
    when: () => isShown() && focusedTemplate() !== null,
    run: () => withFocused(showLines),
  },
  {
    id: "templates.mute",
    title: "Mute the template, or show it again",
    group: "List",
    keys: ["m"],
    when: () => isShown() && focusedTemplate() !== null,
    run: () => withFocused((id) => attempt(() => toggleMuted(id))),
  },
  {
    id: "templates.order",
    title: "Order the templates another way",
    group: "List",
    keys: ["o"],
    when: isShown,
    run: () =>
      useTemplates.setState(({ order }) => {
        const at = ORDERS.findIndex((one) => one.order === order);
        return { order: ORDERS[(at + 1) % ORDERS.length]?.order ?? "count" };
      }),
  },
  {
    id: "templates.search",
    title: "Search the templates",
    group: "List",
    keys: ["s"],
    when: isShown,
    run: () => document.getElementById(SEARCH_ID)?.focus(),
  },
  {
    id: "templates.stop-merge",
    title: "Leave the templates apart",
    group: "List",
    keys: ["Escape"],
    when: () => isShown() && useTemplates.getState().merging !== null,
    run: stopMerge,
  },
];
