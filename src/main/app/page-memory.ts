/** How much the page may hold of what it does not need any more. */
import { app } from "electron";

/**
 * V8 begins with a limit for a large heap and raises it with what it finds in use. A page that shows how a case grows
 * makes little at a time, but for minutes: 15 MB in use and three times as much that waits to be collected. By these it
 * collects as on a device with little memory, which costs no frame; room for new objects stays V8's own. They hold for
 * pages only: the engine's threads have been started, or have limits of their own.
 */
const FLAGS = "--optimize-for-size --max-semi-space-size=8";

/** Before the app is ready. Whoever starts it with flags of their own keeps these. */
export function collectPagesEarly(): void {
  if (!app.commandLine.hasSwitch("js-flags")) app.commandLine.appendSwitch("js-flags", FLAGS);
}
