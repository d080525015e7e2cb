// npm run build [-- --force]: set-up, then src/ into out/ when it changed.
import { buildIfStale } from "./build/build.mjs";
import { say } from "./setup/say.mjs";
import { setUp } from "./setup/set-up.mjs";

try {
  await setUp();
  await buildIfStale({ force: process.argv.includes("--force") });
} catch (error) {
  say(`Build failed: ${error.message}`);
  process.exitCode = 1;
}
