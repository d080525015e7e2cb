/** The files of a large folder are looked at many in one call, while those before them are taken. */
import type { ConnectorContext, FileLook, ListedItem, Listing } from "../connector.ts";

export interface LookedItem {
  readonly item: ListedItem;
  /** Null where it is looked at by itself. */
  readonly look: FileLook | null;
}

const AT_ONCE = 256;
/**
 * Looked at one by one: so many are done sooner than a thread has loaded, which would take the processor from those that
 * read the first of them. It is asked for the others when half of these are taken.
 */
const FIRST_ITEMS = AT_ONCE;

export async function* lookedAhead(
  items: Listing["items"],
  folder: string,
  context: ConnectorContext,
): AsyncGenerator<LookedItem> {
  if (context.lookAtFiles === undefined || !isList(items) || items.length <= FIRST_ITEMS) {
    for await (const item of items) yield { item, look: null };
    return;
  }
  const alone = (item: ListedItem): LookedItem => ({ item, look: null });
  yield* items.slice(0, FIRST_ITEMS / 2).map(alone);
  let next = lookAtAll(items.slice(FIRST_ITEMS, FIRST_ITEMS + AT_ONCE), folder, context);
  yield* items.slice(FIRST_ITEMS / 2, FIRST_ITEMS).map(alone);
  for (let from = FIRST_ITEMS; from < items.length; from += AT_ONCE) {
    const looked = await next;
    next = lookAtAll(items.slice(from + AT_ONCE, from + 2 * AT_ONCE), folder, context);
    yield* looked;
  }
}

const isList = (items: Listing["items"]): items is readonly ListedItem[] => Array.isArray(items);

async function lookAtAll(
  items: readonly ListedItem[],
  folder: string,
  { run, signal, lookAtFiles }: ConnectorContext,
): Promise<readonly LookedItem[]> {
  const files = items.filter(isPlain);
  const looks = new Map<ListedItem, FileLook | null>();
  if (files.length > 0 && lookAtFiles !== undefined) {
    const paths = files.map(({ path }) => path);
    const call = { connector: "folder", target: folder, operation: "open" };
    try {
      const found = await run(call, (attempt) => lookAtFiles(paths, attempt), signal);
      files.forEach((file, index) => looks.set(file, found[index] ?? null));
    } catch {
      // Each by itself, then, which also says what is wrong.
    }
  }
  return items.map((item) => ({ item, look: looks.get(item) ?? null }));
}

/** Of a link, or of what another connector opens, more has to be found out. */
const isPlain = ({ entry, connector, realPath }: ListedItem): boolean =>
  entry === undefined && connector === undefined && realPath !== undefined;
