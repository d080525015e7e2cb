// better-sqlite3 ships addons for Node-API 10. A runtime with less (Electron before 35) crashes on them and gets our
// own compilation of the same sources, which set-up leaves in node_modules/.faultline (scripts/setup/sqlite-binding.mjs).
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PREBUILT_FOR = 10;
const COMPILED = join("node_modules", ".faultline", "better_sqlite3.napi9.node");

/** To be spread into the options of better-sqlite3's constructor: `new Database(file, { ...nativeBindingOption() })`. */
export function nativeBindingOption(): { nativeBinding?: string } {
  const override = process.env["FAULTLINE_SQLITE_BINDING"];
  if (override) return { nativeBinding: override };
  if (Number(process.versions["napi"]) >= PREBUILT_FOR) return {};
  const compiled = compiledBinding(dirname(fileURLToPath(import.meta.url)));
  if (compiled === undefined) {
    throw new Error(
      `SQLite: this runtime has Node-API ${process.versions["napi"]}, the addon needs ${PREBUILT_FOR}, and ${COMPILED} ` +
        `is not there. Run "node scripts/setup.mjs" in the checkout.`,
    );
  }
  return { nativeBinding: compiled };
}

/** Looks upwards, because this code runs from src/, from out/main/ and from out/main/chunks/. */
function compiledBinding(folder: string): string | undefined {
  const file = join(folder, COMPILED);
  if (existsSync(file)) return file;
  const parent = dirname(folder);
  return parent === folder ? undefined : compiledBinding(parent);
}
