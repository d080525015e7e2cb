/** Commands of the window itself: views, panes, case, appearance. */
import type { Command } from "../commands/registry.ts";
import { addPrometheus } from "../connectors/adding.ts";
import { chooseAndOpen, closeCase, copyCase, useCase } from "../state/case.ts";
import { setDensity, setTheme, showView, toggle, toggleFacets, useLayout, useShownTheme } from "../state/layout.ts";
import { attempt, canUndo, undoNewest } from "../state/notices.ts";
import { look, lookBack, useSelection, zoomToBrush } from "../state/selection.ts";
import { localZone, setZone } from "../state/zone.ts";
import { RAIL_VIEWS } from "../views/registry.ts";
import { keysOf } from "../views/view.ts";
import { isInDetail, leaveDetail, stepPane } from "./pane-focus.ts";

const hasCase = (): boolean => useCase.getState().info !== null;

const views: readonly Command[] = RAIL_VIEWS.map(({ id, title, place, keys, apart = false }) => ({
  id: `view.${id}`,
  title,
  group: "Go to",
  keys: keysOf({ place, ...(keys === undefined ? {} : { keys }) }),
  when: apart ? () => true : hasCase,
  // The key of the view that is open gives its list the keyboard back.
  run: () => (useLayout.getState().view === id ? void leaveDetail() : showView(id)),
}));

export const windowCommands: readonly Command[] = [
  ...views,
  {
    id: "window.back",
    title: "Back to where you were: view, range and filter",
    group: "Go to",
    keys: ["Backspace", "Alt+ArrowLeft"],
    when: () => useSelection.getState().history.length > 0,
    run: lookBack,
  },
  {
    id: "timeline.zoom-to-selection",
    title: "Zoom to the selected range",
    group: "Timeline",
    keys: ["z"],
    when: () => useSelection.getState().brush !== null,
    run: zoomToBrush,
  },
  {
    id: "timeline.clear-range",
    title: "Clear the selected range",
    group: "Timeline",
    keys: ["Escape"],
    when: () => useSelection.getState().brush !== null,
    run: () => look({ brush: null }),
  },
  {
    id: "window.undo",
    title: "Undo what was just done",
    group: "Case",
    keys: ["$mod+z"],
    when: canUndo,
    run: undoNewest,
  },
  { id: "pane.next", title: "Next pane", group: "Window", keys: ["F6"], whileTyping: true, run: () => stepPane(1) },
  {
    id: "detail.leave",
    title: "From the detail back to the list",
    group: "Window",
    keys: ["Escape"],
    when: isInDetail,
    run: () => void leaveDetail(),
  },
  {
    id: "pane.previous",
    title: "Previous pane",
    group: "Window",
    keys: ["Shift+F6"],
    whileTyping: true,
    run: () => stepPane(-1),
  },
  {
    id: "detail.toggle",
    title: "Show or hide detail",
    group: "Window",
    keys: ["i"],
    when: hasCase,
    run: () => toggle("detailOpen"),
  },
  {
    id: "facets.toggle",
    title: "Show or hide facets",
    group: "Window",
    keys: ["\\"],
    when: hasCase,
    run: toggleFacets,
  },
  {
    id: "strip.toggle",
    title: "Show or hide the metric strip",
    group: "Window",
    when: hasCase,
    run: () => toggle("stripOpen"),
  },
  {
    id: "theme.toggle",
    title: "Theme: light or dark",
    group: "Window",
    run: () => setTheme(useShownTheme.getState().shown === "dark" ? "light" : "dark"),
  },
  { id: "theme.system", title: "Theme: follow the system", group: "Window", run: () => setTheme("system") },
  { id: "theme.light", title: "Theme: light", group: "Window", run: () => setTheme("light") },
  { id: "theme.dark", title: "Theme: dark", group: "Window", run: () => setTheme("dark") },
  {
    id: "density.toggle",
    title: "Compact or comfortable rows",
    group: "Window",
    run: () => setDensity(useLayout.getState().density === "compact" ? "comfortable" : "compact"),
  },
  { id: "zone.utc", title: "Times in UTC", group: "Window", run: () => setZone("UTC") },
  { id: "zone.local", title: "Times in the local zone", group: "Window", run: () => setZone(localZone()) },
  {
    id: "case.openFiles",
    title: "Open files as a new case…",
    group: "Case",
    keys: ["$mod+o"],
    whileTyping: true,
    run: () => attempt(() => chooseAndOpen("files", "new")),
  },
  {
    id: "case.openFolder",
    title: "Open a folder as a new case…",
    group: "Case",
    keys: ["$mod+Shift+o"],
    whileTyping: true,
    run: () => attempt(() => chooseAndOpen("folder", "new")),
  },
  {
    id: "case.addFiles",
    title: "Add files to this case…",
    group: "Case",
    when: hasCase,
    run: () => attempt(() => chooseAndOpen("files")),
  },
  {
    id: "case.addFolder",
    title: "Add a folder to this case…",
    group: "Case",
    when: hasCase,
    run: () => attempt(() => chooseAndOpen("folder")),
  },
  { id: "case.addPrometheus", title: "Add Prometheus…", group: "Case", run: addPrometheus },
  { id: "case.openCase", title: "Open a case…", group: "Case", run: () => attempt(() => chooseAndOpen("case")) },
  {
    id: "case.saveCopy",
    title: "Save a copy of the case…",
    group: "Case",
    when: hasCase,
    run: () => attempt(copyCase),
  },
  { id: "case.close", title: "Close the case", group: "Case", when: hasCase, run: () => attempt(closeCase) },
];
