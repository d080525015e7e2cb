import { describe, expect, it } from "vitest";
import { packAsar } from "../../../scripts/setup/asar.mjs";
import { isInstalled } from "../../../scripts/setup/dependencies.mjs";
import { runtimeName } from "../../../scripts/setup/electron-fallback.mjs";
import { definesOf } from "../../../scripts/setup/sqlite-binding.mjs";
import { hashOf } from "../../../scripts/setup/stamp.mjs";

describe("installed packages", () => {
  const react = { version: "19.3.1", integrity: "sha512-a" };
  const lock = {
    packages: {
      "": {},
      "node_modules/react": react,
      "node_modules/for-another-system": { version: "1.0.0", integrity: "sha512-b", optional: true },
    },
  };

  it("are complete without the optional ones of other systems", () => {
    expect(isInstalled(lock, { packages: { "node_modules/react": react } })).toBe(true);
  });

  it("are not complete with another version", () => {
    const older = { version: "19.3.0", integrity: "sha512-c" };
    expect(isInstalled(lock, { packages: { "node_modules/react": older } })).toBe(false);
  });

  it("are not right with a package that the lock file does not know", () => {
    const extra = { "node_modules/react": react, "node_modules/left-over": react };
    expect(isInstalled(lock, { packages: extra })).toBe(false);
  });

  it("are absent before the first installation", () => {
    expect(isInstalled(lock, undefined)).toBe(false);
  });
});

describe("the runtime in the stand-in's archive", () => {
  it.each([
    ["Cypress/Cypress", "electron"],
    ["Cypress/locales/en-US.pak", "locales/en-US.pak"],
    ["Cypress/icudtl.dat", "icudtl.dat"],
    ["Cypress/locales/de.pak", undefined],
    ["Cypress/resources/app/index.js", undefined],
    ["Cypress/browser_v8_context_snapshot.bin", undefined],
    ["Cypress/", undefined],
    ["Cypress/../outside", undefined],
  ])("%s becomes %s", (entry, name) => {
    expect(runtimeName(entry)).toBe(name);
  });
});

it("reads SQLite's options out of a gypi file", () => {
  const gypi = "# GENERATED\n{\n  'defines': [\n    'SQLITE_DQS=0',\n    'SQLITE_ENABLE_FTS5',\n  ],\n}\n";
  expect(definesOf(gypi)).toEqual(["SQLITE_DQS=0", "SQLITE_ENABLE_FTS5"]);
});

it("packs files behind a header that says where each begins", () => {
  const asar = packAsar({ "a.txt": Buffer.from("one"), "b.txt": Buffer.from("three") });
  const headerLength = asar.readUInt32LE(12);
  const header: unknown = JSON.parse(asar.toString("utf8", 16, 16 + headerLength));
  expect(header).toEqual({ files: { "a.txt": { size: 3, offset: "0" }, "b.txt": { size: 5, offset: "3" } } });
  expect(asar.toString("utf8", 8 + asar.readUInt32LE(4))).toBe("onethree");
});

it("hashes where one part ends and the next begins", () => {
  expect(hashOf("ab", "c")).not.toBe(hashOf("a", "bc"));
  expect(hashOf("ab", "c")).toBe(hashOf(Buffer.from("ab"), "c"));
});
