/** Puts text on the clipboard and says so. */
import { attempt, notify } from "../state/notices.ts";

export function copy(what: string, text: string): void {
  attempt(async () => {
    await navigator.clipboard.writeText(text);
    notify("info", `${what} copied.`);
  });
}
