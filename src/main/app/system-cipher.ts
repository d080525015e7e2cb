// https://www.electronjs.org/docs/latest/api/safe-storage
/** The system's key store, as the engine asks for it. */
import { safeStorage, type SafeStorage } from "electron";
import type { Cipher } from "../engine/tokens/cipher.ts";

/** Electron has either the asynchronous calls, the synchronous ones, or both, by its version. */
type AnySafeStorage = Partial<SafeStorage>;

/** Only after the app is ready. */
export function systemCipher(
  storage: AnySafeStorage = safeStorage,
  platform: NodeJS.Platform = process.platform,
): Cipher {
  return {
    available: availability(storage, platform),
    encrypt: async (text) =>
      storage.encryptStringAsync === undefined
        ? (storage.encryptString?.(text) ?? unavailable())
        : await storage.encryptStringAsync(text),
    decrypt: async (bytes) => {
      const sealed = Buffer.from(bytes);
      if (storage.decryptStringAsync === undefined) return storage.decryptString?.(sealed) ?? unavailable();
      return (await storage.decryptStringAsync(sealed)).result;
    },
  };
}

function availability(storage: AnySafeStorage, platform: NodeJS.Platform): Cipher["available"] {
  if (platform === "linux") {
    const backend = storage.getSelectedStorageBackend?.() ?? "unknown";
    if (backend === "basic_text") return "basic-text";
    if (backend === "unknown") return "none";
  }
  // Where only the asynchronous calls exist, a key store that is missing shows as a refusal to encrypt.
  return storage.isEncryptionAvailable?.() === false ? "none" : "keychain";
}

const unavailable = (): never => {
  throw new Error("this system has no key store");
};
