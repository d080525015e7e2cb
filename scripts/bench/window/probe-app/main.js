// Starts either Faultline or an app that is nothing but a window, and prints when a person could begin to use it:
// milliseconds from the creation of the process to the frame after the awaited element is there.
import { app, BrowserWindow } from "electron";

const { PROBE_ROOT: root, PROBE_MAIN: main, PROBE_SELECTOR: selector } = process.env;

app.on("web-contents-created", (_event, contents) => {
  contents.once("dom-ready", () => void tellWhenUsable(contents));
});

if (main) {
  app.setAppPath(root);
  await import(main);
} else {
  // Not awaited here: Electron is ready only after this module has run to its end.
  void app.whenReady().then(openEmptyWindow);
}

function openEmptyWindow() {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true } });
  window.once("ready-to-show", () => window.show());
  void window.loadURL("data:text/html,<p>An empty window</p>");
}

/** @param {import("electron").WebContents} contents */
async function tellWhenUsable(contents) {
  const usableAt = await contents.executeJavaScript(`new Promise((resolve) => {
    const look = () => {
      if (document.querySelector(${JSON.stringify(selector)}) === null) requestAnimationFrame(look);
      else requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
    };
    look();
  })`);
  process.stdout.write(`usable after ${usableAt - process.getCreationTime()} ms\n`);
  app.quit();
}
