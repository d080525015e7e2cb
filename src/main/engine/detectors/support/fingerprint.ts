/** Names a finding by what it is, so that finding it again is recognised and people's changes to it survive. */
import { createHash } from "node:crypto";

/** 32 hexadecimal digits over the parts, in order; the first is the detector's id. */
export function fingerprint(...parts: readonly (string | number | null)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
