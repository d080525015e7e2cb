// Tests of worker threads and of the window load files of out/: builds them first when the sources are newer.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

export default function buildEngine(): void {
  const root = join(import.meta.dirname, "..");
  execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { cwd: root, stdio: "inherit" });
}
