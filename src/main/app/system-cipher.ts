// https://www.electronjs.org/docs/latest/api/safe-storage
/** The system's key store, as the engine asks for it. */
import type { SafeStorage } from "electron";
import type { Cipher } from "../engine/tokens/cipher.ts";

/** Electron has either the asynchronous calls, the synchronous ones, or both, by its version. */
export type AnySafeStorage = Partial<
  Pick<
    SafeStorage,
    "encryptString" | "decryptString" | "encryptStringAsync" | "decryptStringAsync" | "getSelectedStorageBackend"
  >
>;

export function systemCipher(storage: AnySafeStorage, platform: NodeJS.Platform): Cipher {
  return {
    // Asked when there is a token: before the app is ready there is no answer, and macOS may ask the person back.
    get available() {
      return availability(storage, platform);
    },
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

/** macOS and Windows always have a key store; one that is locked refuses to seal. */
function availability(storage: AnySafeStorage, platform: NodeJS.Platform): Cipher["available"] {
  if (platform !== "linux") return "keychain";
  const backend = storage.getSelectedStorageBackend?.() ?? "unknown";
  if (backend === "basic_text") return "basic-text";
  return backend === "unknown" ? "none" : "keychain";
}

const unavailable = (): never => {
  throw new Error("this system has no key store");
};
