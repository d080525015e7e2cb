/**
 * Seals tokens with a key that a person hands in, for a command line that has no key store: AES-256-GCM under a key
 * that scrypt makes of the passphrase and a salt of its own for each token.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import type { Cipher } from "./cipher.ts";

/** A shorter one is guessed. */
export const SHORTEST_KEY = 16;
const VERSION = 1;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html: N = 2^17, r = 8, p = 1. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 };

export function keyCipher(passphrase: string): Cipher {
  return {
    available: "keychain",
    encrypt: async (text) => {
      const salt = randomBytes(SALT_BYTES);
      const nonce = randomBytes(NONCE_BYTES);
      const sealing = createCipheriv("aes-256-gcm", await keyOf(passphrase, salt), nonce);
      const sealed = Buffer.concat([sealing.update(text, "utf8"), sealing.final()]);
      return new Uint8Array(Buffer.concat([Uint8Array.of(VERSION), salt, nonce, sealing.getAuthTag(), sealed]));
    },
    decrypt: async (bytes) => {
      const [version, salt, nonce, tag, sealed] = partsOf(Buffer.from(bytes), [1, SALT_BYTES, NONCE_BYTES, TAG_BYTES]);
      if (version?.[0] !== VERSION || salt === undefined || nonce === undefined || tag?.byteLength !== TAG_BYTES) {
        throw new Error("not sealed with a key");
      }
      const opening = createDecipheriv("aes-256-gcm", await keyOf(passphrase, salt), nonce, {
        authTagLength: TAG_BYTES,
      }).setAuthTag(tag);
      return Buffer.concat([opening.update(sealed ?? Buffer.alloc(0)), opening.final()]).toString("utf8");
    },
  };
}

/** Pieces of these lengths, and what is left. */
function partsOf(bytes: Buffer, lengths: readonly number[]): readonly Buffer[] {
  let at = 0;
  const parts = lengths.map((length) => bytes.subarray(at, (at += length)));
  return [...parts, bytes.subarray(at)];
}

const keyOf = (passphrase: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase, salt, KEY_BYTES, COST, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
