/**
 * What network devices put around the time of a syslog line: the number, host and clock's state of Cisco's IOS,
 * https://www.cisco.com/c/en/us/td/docs/routers/access/wireless/software/guide/SysMsgLogging.html, and what stands between a
 * time and "%FACILITY-4-MNEMONIC:", or before the columns of PAN-OS.
 */
import { matchAt } from "./head-patterns.ts";
import type { LineHead } from "./head.ts";

/** "45: router: 000123: *" before the time; "*" and "." say that the clock is not to be trusted. */
const BEFORE =
  /(?:(\d{1,10}): )?(?:([A-Za-z][\w.-]{0,63}|\d{1,3}(?:\.\d{1,3}){3}): )?(?:\d{1,10}: )?[*.]?(?=[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d)/y;
/** " host : " or " host: " before the mnemonic; or a number and the device's own time. */
const BETWEEN =
  /(?: {1,2}([^\s:%]{1,64}))?(?: (\d{1,10}))? ?: (?:[*.]?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?[\d:.]{8,16}(?: [A-Z]{2,5})?: )?(?=%[A-Z])/y;
const HOST_BEFORE_MNEMONIC = / {1,2}([^\s:%]{1,64}) (?=%[A-Z][A-Z0-9_-]{1,60}-[0-7]-[A-Z0-9])/y;
/** PAN-OS: a number for later use, then the time that the device received the event. */
const HOST_BEFORE_COLUMNS = / ([^\s:[\]{}="]{1,64}) (?=\d,\d{4}\/\d\d\/\d\d )/y;

/** Where the time begins behind a device's own marks, or 0. */
export function deviceEnd(text: string, from: number, head: LineHead): number {
  const match = matchAt(BEFORE, text, from);
  if (match === null || match[0] === "") return 0;
  if (match[1] !== undefined) head.keep("sequence", match[1]);
  if (match[2] !== undefined) head.keep("host", match[2]);
  return from + match[0].length;
}

/** Where the mnemonic or the columns begin; `at` is the index after the time. -1 for other lines. */
export function readDevice(text: string, at: number, head: LineHead): number {
  const match = text.includes("%", at)
    ? (matchAt(BETWEEN, text, at) ?? matchAt(HOST_BEFORE_MNEMONIC, text, at))
    : matchAt(HOST_BEFORE_COLUMNS, text, at);
  if (match === null) return -1;
  if (match[1] !== undefined) head.keep("host", match[1]);
  if (match[2] !== undefined) head.keep("sequence", match[2]);
  return at + match[0].length;
}
