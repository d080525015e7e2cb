// How src/ becomes out/: main and its worker threads as ES modules, the preload as one CommonJS file (a sandboxed
// preload loads nothing else), the window as a page. Only better-sqlite3 and electron stay outside the bundles.
import { existsSync, globSync } from "node:fs";
import { basename, join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "electron-vite";

/** The oldest Electron we run on, 33: Node 20.18 and Chromium 130. */
const nodeTarget = "node20.18";
const chromeTarget = "chrome130";

const root = import.meta.dirname;

/** Output name → source. package.json and the scripts name the first two; threads are started by their names. */
const mainInputs = existing({
  index: "src/main/index.ts",
  cli: "src/main/cli/index.ts",
  ...workerInputs(),
});
const preloadInputs = existing({ index: "src/preload/index.ts" });
const rendererInputs = existing({ index: "src/renderer/index.html" });

const config: UserConfig = {};

if (mainInputs) {
  config.main = {
    build: {
      target: nodeTarget,
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: mainInputs,
        external: ["better-sqlite3"],
        output: {
          format: "es",
          entryFileNames: "[name].js",
          chunkFileNames: "chunks/[name]-[hash].js",
        },
      },
    },
  };
}

if (preloadInputs) {
  config.preload = {
    build: {
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        input: preloadInputs,
        output: { format: "cjs", entryFileNames: "[name].cjs", codeSplitting: false },
      },
    },
  };
}

if (rendererInputs) {
  config.renderer = {
    root: join(root, "src/renderer"),
    plugins: [react()],
    build: {
      target: chromeTarget,
      sourcemap: true,
      outDir: join(root, "out/renderer"),
      rolldownOptions: { input: rendererInputs },
    },
  };
}

export default defineConfig(config);

/** Those whose source is there: a checkout half written still builds what it has. */
function existing(inputs: Record<string, string>): Record<string, string> | undefined {
  const found = Object.entries(inputs)
    .map(([name, file]) => [name, join(root, file)] as const)
    .filter(([, file]) => existsSync(file));
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** Each `NAME.worker.ts` of the engine becomes out/main/NAME.worker.js, wherever it stands. */
function workerInputs(): Record<string, string> {
  const inputs: Record<string, string> = {};
  for (const file of globSync("src/main/engine/**/*.worker.ts", { cwd: root })) {
    const name = basename(file, ".ts");
    if (inputs[name]) throw new Error(`Two worker threads are named ${name}: ${inputs[name]} and ${file}`);
    inputs[name] = file;
  }
  return inputs;
}
