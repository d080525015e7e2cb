// Waits for the picture that the app writes once its window shows what was loaded.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

// A PNG ends with this chunk; before it is there, the app is still writing. https://www.w3.org/TR/png-3/#11IEND
const PNG_END = Buffer.from("0000000049454e44ae426082", "hex");

/**
 * @param {string} file
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>} false when `signal` came first
 */
export async function screenshotWritten(file, signal) {
  while (!signal.aborted) {
    if (isWholePng(file)) return true;
    await sleep(100);
  }
  return false;
}

function isWholePng(file) {
  try {
    return readFileSync(file).subarray(-PNG_END.length).equals(PNG_END);
  } catch {
    return false;
  }
}
