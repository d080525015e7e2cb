// Set-up: npm packages, system libraries, the Electron executable, the SQLite addon. Runs on Node 20 with nothing
// installed, does nothing when nothing changed. `--quiet`: its lines go to stderr.
import { say, speakOnStderr } from "./setup/say.mjs";
import { setUp } from "./setup/set-up.mjs";

if (process.argv.includes("--quiet")) speakOnStderr();

try {
  await setUp();
} catch (error) {
  say(`Set-up failed: ${error.message}`);
  process.exitCode = 1;
}
