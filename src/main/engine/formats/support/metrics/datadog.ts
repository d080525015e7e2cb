/** Tags and units as Datadog writes them. */
import { isObject, type JsonObject, textOf } from "../json/value.ts";

/** `host:web-1,env:prod`, or a list of such; a tag without a value is "true". */
export function datadogTags(tags: unknown): JsonObject {
  const list: readonly unknown[] = typeof tags === "string" ? tags.split(",") : Array.isArray(tags) ? tags : [];
  return Object.fromEntries(
    list.flatMap((tag) => {
      const text = typeof tag === "string" ? tag.trim() : "";
      if (text === "" || text === "*") return [];
      const colon = text.indexOf(":");
      return [colon < 0 ? [text, "true"] : [text.slice(0, colon), text.slice(colon + 1)]];
    }),
  );
}

/** `[{name: "byte"}, {name: "second"}]` as a label; nothing of a series without one. */
export function datadogUnit(unit: unknown): JsonObject {
  const parts: readonly unknown[] = Array.isArray(unit) ? unit : [unit];
  const names = parts.flatMap((part) => (isObject(part) ? [textOf(part, ["name", "short_name"]) ?? ""] : []));
  const text = names.filter((name) => name !== "").join("/");
  return text === "" ? {} : { unit: text };
}
