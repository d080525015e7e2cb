/**
 * The archive in which an entry was looked for last, for whoever reads one entry again often reads the next one, too: it
 * is listed once for all of them, and their bytes are found in one way through it.
 */
import type { ListedItem, Listing, Place } from "../connector.ts";

/** A list may be long: it is not kept for longer than a person's next click takes. */
const KEPT_MS = 10_000;

let recent: { readonly key: string; readonly items: readonly ListedItem[]; readonly timer: NodeJS.Timeout } | null =
  null;

/** All items of an archive; of one on disk, `list` is not asked while they are known and it is unchanged. */
export async function recentItems(place: Place, list: () => Promise<Listing>): Promise<readonly ListedItem[]> {
  if (place.within !== null) return await all(list);
  const key = `${place.realPath}\n${place.identity}`;
  const items = recent?.key === key ? recent.items : await all(list);
  if (recent !== null) clearTimeout(recent.timer);
  const timer = setTimeout(() => {
    recent = null;
  }, KEPT_MS).unref();
  recent = { key, items, timer };
  return items;
}

async function all(list: () => Promise<Listing>): Promise<readonly ListedItem[]> {
  const items: ListedItem[] = [];
  for await (const item of (await list()).items) items.push(item);
  return items;
}
