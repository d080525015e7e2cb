import { describe, expect, it } from "vitest";
import { systemCipher, type AnySafeStorage } from "../../../src/main/app/system-cipher.ts";

const synchronous: AnySafeStorage = {
  encryptString: (text) => Buffer.from(`sync ${text}`),
  decryptString: (bytes) => bytes.toString().slice("sync ".length),
};
const asynchronous: AnySafeStorage = {
  encryptStringAsync: (text) => Promise.resolve(Buffer.from(`async ${text}`)),
  decryptStringAsync: (bytes) =>
    Promise.resolve({ result: bytes.toString().slice("async ".length), shouldReEncrypt: false }),
};
const backend = (name: ReturnType<NonNullable<AnySafeStorage["getSelectedStorageBackend"]>>): AnySafeStorage => ({
  getSelectedStorageBackend: () => name,
});

describe("the system's key store", () => {
  it.each([
    ["asynchronous where both exist", { ...synchronous, ...asynchronous }, "async token"],
    ["asynchronous where only they exist", asynchronous, "async token"],
    ["synchronous in an older Electron", synchronous, "sync token"],
  ])("is asked by calls that are %s", async (_, storage, sealed) => {
    const cipher = systemCipher(storage, "darwin");
    const bytes = await cipher.encrypt("token");
    expect(Buffer.from(bytes).toString()).toBe(sealed);
    expect(await cipher.decrypt(Uint8Array.from(bytes))).toBe("token");
  });

  it.each([
    ["linux", "gnome_libsecret", "keychain"],
    ["linux", "basic_text", "basic-text"],
    ["linux", "unknown", "none"],
    ["darwin", "unknown", "keychain"],
  ] as const)("on %s with %s counts as %s", (platform, name, available) => {
    expect(systemCipher(backend(name), platform).available).toBe(available);
  });

  it("refuses where there is none", async () => {
    await expect(systemCipher({}, "linux").encrypt("token")).rejects.toThrow("no key store");
    await expect(systemCipher({}, "linux").decrypt(Uint8Array.of(1))).rejects.toThrow("no key store");
  });
});
