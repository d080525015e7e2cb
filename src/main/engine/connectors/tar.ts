/**
 * A tar archive and its entries, compressed or not. Of one on disk each entry is read from its place; one that is
 * compressed is unpacked once to list it and once more, at the same time, for the entries, which are read in their order.
 */
import { FailureError } from "../../../shared/failure.ts";
import { type ContainerConnector, type Content, HEAD_BYTES, type Place } from "./connector.ts";
import { type ArchiveEntry, archiveListing, budgetOf, entriesLeft } from "./support/archive.ts";
import { Stretch } from "./support/content.ts";
import { probePath } from "./support/look.ts";
import { type TarEntry, TarWalk } from "./support/tar-entries.ts";
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
    const walk = new TarWalk(content, options, context);
    return archiveListing(place, "tar", budget, {
      entries: archiveEntries(walk, content, place),
      notes: () => walk.notes,
    });
  },
};

export default tar;

async function* archiveEntries(walk: TarWalk, content: Content, place: Place): AsyncGenerator<ArchiveEntry> {
  for await (const entry of walk.entries()) {
    const { name, kind, size, modified } = entry;
    yield {
      name,
      kind: kind === "sparse" ? "file" : kind,
      packed: size,
      // It takes as much in the archive; what unpacks that has limits of its own.
      size: null,
      modified: knownTime(modified * 1_000),
      mark: `${place.identity}:${entry.data}`,
      open: (path) => {
        refuseSparse(path, entry);
        return Promise.resolve({ content: new Stretch(content, entry.data, size), head: entry.head });
      },
    };
  }
}

function refuseSparse(path: string, { kind }: TarEntry): void {
  if (kind !== "sparse") return;
  throw new FailureError("sparse", `${path} is a sparse file, which is not read in an archive; unpack it first.`);
}
