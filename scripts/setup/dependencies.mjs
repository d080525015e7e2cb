// npm packages, exactly as the lock file says.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeModules, pathOutsideCheckout, root } from "./paths.mjs";
import { mustRun } from "./run.mjs";
import { say } from "./say.mjs";
import { hashOf, readStamp, writeStamp } from "./stamp.mjs";

export const dependencies = {
  isCurrent: () => readStamp("dependencies") === wanted(),

  async bring() {
    if (!isInstalled(readJson("package-lock.json"), readJson("node_modules/.package-lock.json"))) {
      say("Installing the npm packages of package-lock.json.");
      await mustRun("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
        cwd: root,
        env: { ...process.env, PATH: pathOutsideCheckout() },
        shell: process.platform === "win32",
      });
    }
    writeStamp("dependencies", wanted());
  },
};

/** What decides the installed packages: the lock file, and the parts of package.json that must agree with it. */
function wanted() {
  const { dependencies: d, devDependencies, optionalDependencies, overrides } = readJson("package.json") ?? {};
  return hashOf(
    readFileSync(join(root, "package-lock.json")),
    JSON.stringify([d, devDependencies, optionalDependencies, overrides]),
    nodeModules,
  );
}

/**
 * Whether node_modules holds what the lock file asks for, going by the list npm leaves there at the end of each
 * install. Packages for other systems (optional) may be absent.
 */
export function isInstalled(lock, installed) {
  if (!lock?.packages || !installed?.packages) return false;
  const asked = Object.entries(lock.packages).filter(([path]) => path !== "");
  const missing = asked.some(([path, entry]) => {
    const there = installed.packages[path];
    return there ? there.version !== entry.version || there.integrity !== entry.integrity : !entry.optional;
  });
  return !missing && Object.keys(installed.packages).every((path) => path in lock.packages);
}

function readJson(name) {
  try {
    return JSON.parse(readFileSync(join(root, name), "utf8"));
  } catch {
    return undefined;
  }
}
