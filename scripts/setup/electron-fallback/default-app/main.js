// What Electron's own default_app does for `electron PATH`: names the app after its package.json and runs its main
// file. The stand-in runtime comes without one.
// See https://github.com/electron/electron/blob/v33.2.1/default_app/main.ts
import fs from "node:fs";
import Module from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { app } from "electron/main";

const modules = [];
let file;
const args = process.argv.slice(1);
for (let i = 0; i < args.length; i += 1) {
  const arg = args[i];
  if (arg === "--version" || arg === "-v") {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  }
  if (arg === "--abi" || arg === "-a") {
    console.log(process.versions.modules);
    process.exit(0);
  }
  if (arg === "-r" || arg === "--require") {
    i += 1;
    modules.push(args[i]);
  } else if (arg.startsWith("--app=")) {
    file = arg.slice("--app=".length);
    break;
  } else if (!arg.startsWith("-")) {
    file = arg;
    break;
  }
}

if (modules.length > 0) Module._preloadModules(modules);

if (file === undefined) {
  console.error("electron: no app given; call it as: electron PATH");
  process.exit(1);
}

Object.defineProperty(process, "defaultApp", { configurable: false, enumerable: true, value: true });
const packagePath = path.resolve(file);
const manifest = path.join(packagePath, "package.json");
let appPath;
if (fs.existsSync(manifest)) {
  const { version, productName, name, desktopName } = JSON.parse(fs.readFileSync(manifest, "utf8"));
  if (version) app.setVersion(version);
  if (productName ?? name) app.name = productName ?? name;
  app.setDesktopName(desktopName ?? `${app.name}.desktop`);
  appPath = packagePath;
}

try {
  const main = Module._resolveFilename(packagePath, null, true);
  app.setAppPath(appPath ?? path.dirname(main));
  await import(pathToFileURL(main).href);
} catch (error) {
  console.error("App threw an error during load");
  console.error(error.stack ?? error);
  process.exit(1);
}
