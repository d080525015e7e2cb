/** Names templates by what they say: the same template has the same id in every source, case and run. */

/** FNV-1a of 64 bits (http://www.isthe.com/chongo/tech/comp/fnv), over UTF-16 code units; 16 hexadecimal digits. */
export function fnv64(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let at = 0; at < text.length; at += 1) {
    low = (low ^ text.charCodeAt(at)) >>> 0;
    // Times 0x100000001b3, in parts that stay exact.
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + (low << 8) + Math.floor(product / 2 ** 32)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}
