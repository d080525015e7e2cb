/** Heads that tell no time of day: the kernel's ring buffer and X count from the start of the machine. */
const DIGITS = /\d+\.\d+/;
const UPTIME = /\[ {0,11}\d{1,10}\.\d{3,9}\](?:\[[ \w]{1,12}\])? /y;

/** Where what dmesg wrote before a line ends, or -1. */
export function uptimeEnd(text: string, from: number): number {
  if (text.charCodeAt(from) !== 0x5b) return -1;
  UPTIME.lastIndex = from;
  const match = UPTIME.exec(text);
  return match === null ? -1 : from + match[0].length;
}

/** Seconds, as they are written. */
export const uptimeText = (text: string, from: number, to: number): string =>
  DIGITS.exec(text.slice(from, to))?.[0] ?? "";
