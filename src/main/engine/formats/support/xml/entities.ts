/** Text of XML as it was meant: entities, https://www.w3.org/TR/xml/#sec-predefined-ent, and sections of CDATA. */
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const CDATA = "<![CDATA[";
const CDATA_END = "]]>";

export const unescaped = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
      if (name !== undefined) return ENTITIES[name] ?? whole;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );

/** What stands in the first element of that name, tags and all; null where there is none, or no end of it. */
export function innerOf(xml: string, name: string): string | null {
  const opening = `<${name}`;
  for (let start = xml.indexOf(opening); start >= 0; start = xml.indexOf(opening, start + 1)) {
    const next = xml.charCodeAt(start + opening.length);
    if (next !== 0x3e && !(next <= 0x20)) continue;
    const from = xml.indexOf(">", start) + 1;
    if (from === 0 || xml.charCodeAt(from - 2) === 0x2f) return null;
    const to = endOf(xml, `</${name}>`, from);
    return to < 0 ? null : xml.slice(from, to);
  }
  return null;
}

/** Where the closing tag begins that stands in no CDATA, or -1. */
function endOf(xml: string, closing: string, from: number): number {
  let at = from;
  for (;;) {
    const end = xml.indexOf(closing, at);
    const section = xml.indexOf(CDATA, at);
    if (end < 0 || section < 0 || section > end) return end;
    const after = xml.indexOf(CDATA_END, section);
    if (after < 0) return end;
    at = after + CDATA_END.length;
  }
}

/** The text of what stands in an element that holds no other. */
export function textOfInner(inner: string): string {
  let text = "";
  let at = 0;
  for (;;) {
    const section = inner.indexOf(CDATA, at);
    const end = section < 0 ? -1 : inner.indexOf(CDATA_END, section);
    if (end < 0) return text + unescaped(inner.slice(at));
    text += unescaped(inner.slice(at, section)) + inner.slice(section + CDATA.length, end);
    at = end + CDATA_END.length;
  }
}
