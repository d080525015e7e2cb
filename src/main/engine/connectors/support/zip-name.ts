/**
 * Names in a zip archive. It may say that they are UTF-8 (APPNOTE.TXT 4.4.4, bit 11; 4.6.9); without that they are
 * in code page 437 by the book, and in UTF-8 by many tools of Unix.
 */
import { crc32 } from "node:zlib";

/** Code page 437 from 0x80 on: https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/CP437.TXT */
const CP437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** `unicode` is the extra field 0x7075 of the entry: version, checksum of the name that it is for, the name in UTF-8. */
export function zipName(raw: Uint8Array, isUtf8: boolean, unicode: Uint8Array | undefined): string {
  const better = unicode === undefined ? null : unicodeName(raw, unicode);
  const name = better ?? utf8OrNull(raw) ?? (isUtf8 ? Buffer.from(raw).toString() : cp437(raw));
  // 4.4.17.1 wants slashes; some tools of Windows write theirs.
  return name.includes("/") ? name : name.replaceAll("\\", "/");
}

function unicodeName(raw: Uint8Array, field: Uint8Array): string | null {
  if (field.byteLength < 5 || field[0] !== 1) return null;
  const view = new DataView(field.buffer, field.byteOffset, field.byteLength);
  return view.getUint32(1, true) === crc32(raw) ? utf8OrNull(field.subarray(5)) : null;
}

/** Null when it is none. */
export function utf8OrNull(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

const cp437 = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : (CP437[byte - 0x80] ?? "?"))).join("");
