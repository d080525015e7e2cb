/**
 * A tar archive and its entries, compressed or not. Of one on disk each entry is read from its place; one that is
 * compressed is unpacked once to list it and once more for the entries, which are read in their order.
 */
import { FailureError } from "../../../shared/failure.ts";
import { type ContainerConnector, HEAD_BYTES } from "./connector.ts";
import { type ArchiveEntry, archiveListing, budgetOf, entriesLeft } from "./support/archive.ts";
import { Stretch } from "./support/content.ts";
import { probePath } from "./support/look.ts";
import { readTarEntries, type TarEntry } from "./support/tar-entries.ts";
import { tarHeader } from "./support/tar-header.ts";
import { knownTime } from "./support/zip-directory.ts";

const tar: ContainerConnector = {
  id: "tar",
  title: "Tar archive",
  isArchive: true,
  fallback: "last-good-answer",
  probe: (target, context) => probePath("tar", target, context),
  claims: ({ head }) => (tarHeader(head) === null ? 0 : 0.8),
  list: async (place, context) => {
    const { content, path } = place;
    if (content === null) throw new FailureError("not-an-archive", `${path} is a folder, not a tar archive.`);
    const budget = budgetOf(place);
    const connector = place.within?.connector ?? "tar";
    const options = { connector, headBytes: HEAD_BYTES, most: entriesLeft(budget) };
    const found = await readTarEntries(content, options, context);
    const entries = found.entries.map((entry): ArchiveEntry => {
      const { name, kind, size, modified } = entry;
      return {
        name,
        kind: kind === "sparse" ? "file" : kind,
        packed: size,
        // It takes as much in the archive; what unpacks that has limits of its own.
        size: null,
        modified: knownTime(modified * 1_000),
        mark: `${place.identity}:${entry.data}`,
        open: (entryPath) => {
          refuseSparse(entryPath, entry);
          return Promise.resolve({ content: new Stretch(content, entry.data, size), head: entry.head });
        },
      };
    });
    return archiveListing(place, "tar", budget, { entries, notes: found.notes });
  },
};

export default tar;

function refuseSparse(path: string, { kind }: TarEntry): void {
  if (kind !== "sparse") return;
  throw new FailureError("sparse", `${path} is a sparse file, which is not read in an archive; unpack it first.`);
}
