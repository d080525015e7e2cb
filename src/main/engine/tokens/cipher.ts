/** Who seals tokens: the system's key store, handed in by the application, because the engine knows nothing of it. */

export interface Cipher {
  /**
   * "keychain": the system guards the key. "basic-text": it would be sealed with a key that everybody knows.
   * "none": not sealed at all. Only with the first is a token written to disk.
   */
  readonly available: "keychain" | "basic-text" | "none";
  encrypt(text: string): Promise<Uint8Array>;
  decrypt(bytes: Uint8Array): Promise<string>;
}

export const NO_CIPHER: Cipher = {
  available: "none",
  encrypt: () => Promise.reject(new Error("there is no key store")),
  decrypt: () => Promise.reject(new Error("there is no key store")),
};
