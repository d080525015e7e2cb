/** JSON with whole numbers of any size, which JSON.stringify refuses: nanoseconds since 1970 pass 2^53. */
export type ExactJson =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly ExactJson[]
  | { readonly [key: string]: ExactJson };

export function exactJson(value: ExactJson): string {
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(exactJson).join(",")}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${exactJson(member)}`);
  return `{${members.join(",")}}`;
}

const isList = (value: object): value is readonly ExactJson[] => Array.isArray(value);
