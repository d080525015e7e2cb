// Finds the incidents below a folder of real data: `incidents/KIND/NAME/`, each a folder of dumps.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {string} data
 * @returns {{ name: string, folder: string }[]} in the order of their names
 */
export function findIncidents(data) {
  const root = join(data, "incidents");
  if (!existsSync(root)) return [];
  return folders(root).flatMap((kind) =>
    folders(join(root, kind)).map((name) => ({ name: `${kind}/${name}`, folder: join(root, kind, name) })),
  );
}

const folders = (path) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
