// Libraries that Electron links to, and a virtual display for machines that have none. Debian and Ubuntu only:
// elsewhere a desktop brings them.
import { existsSync, statSync } from "node:fs";
import { findOnPath } from "./paths.mjs";
import { run } from "./run.mjs";
import { say } from "./say.mjs";
import { hashOf, readStamp, writeStamp } from "./stamp.mjs";

const electronNeeds = ["libgtk-3-0", "libnss3", "libasound2", "libgbm1"];
const displayNeeds = ["xvfb", "xauth"];
const dpkgStatus = "/var/lib/dpkg/status";

export const systemLibraries = {
  isCurrent: () => !isDebian() || readStamp("system-libraries") === state(),

  async bring() {
    await installPackages(wanted());
    writeStamp("system-libraries", state());
  },
};

/** Brings the Debian packages that are missing, or prints the one command that would. */
export async function installPackages(names) {
  if (!isDebian()) return;
  const missing = [];
  for (const name of names) if (!(await isInstalled(name))) missing.push(name);
  if (missing.length === 0) return;

  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !findOnPath("apt-get")) {
    say(`Missing system libraries; install them with: sudo apt-get install -y ${missing.join(" ")}`);
    return;
  }
  say(`Installing system libraries: ${missing.join(" ")}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-q"], { env });
  const names64 = [];
  for (const name of missing) names64.push(await availableName(name));
  const { ok, output } = await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...names64], { env });
  if (!ok) say(`apt-get could not install them: ${output.trim().split("\n").at(-1)}`);
}

function wanted() {
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  return [...(hasDisplay ? [] : displayNeeds), ...electronNeeds];
}

const state = () => stateOf(wanted());

/** Changes when other packages are wanted, or any came or went: dpkg rewrites its status file at each change. */
export const stateOf = (names) => hashOf(names.join(" "), String(statSync(dpkgStatus).mtimeMs));

export function isDebian() {
  return process.platform === "linux" && existsSync(dpkgStatus);
}

async function isInstalled(name) {
  // Since the 64-bit time change (Debian 13, Ubuntu 24.04) some libraries carry the suffix t64.
  const { output } = await run("dpkg-query", ["-W", "-f", "${Status}\n", name, `${name}t64`]);
  return output.includes("install ok installed");
}

async function availableName(name) {
  const { ok, output } = await run("apt-cache", ["show", `${name}t64`]);
  return ok && output.includes("Package:") ? `${name}t64` : name;
}
