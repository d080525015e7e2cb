import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { dataFolder } from "../../../src/main/cli/data-folder.ts";

const folder = (
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string>> = {},
  option?: string,
): string => dataFolder({ option, environment, platform, home: "/home/ada" });

describe("the data folder of the command line", () => {
  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ["linux", {}, "/home/ada/.config/Faultline"],
    ["linux", { XDG_CONFIG_HOME: "/cfg" }, "/cfg/Faultline"],
    ["linux", { XDG_CONFIG_HOME: "" }, "/home/ada/.config/Faultline"],
    ["darwin", { XDG_CONFIG_HOME: "/cfg" }, "/home/ada/Library/Application Support/Faultline"],
    ["win32", { APPDATA: "/roaming" }, "/roaming/Faultline"],
    ["win32", {}, "/home/ada/AppData/Roaming/Faultline"],
  ])("is that of the window on %s with %o", (platform, environment, expected) => {
    expect(folder(platform, environment)).toBe(expected);
  });

  it("is another one where somebody says so, the option before the environment", () => {
    expect(folder("linux", { FAULTLINE_DATA: "/named" })).toBe("/named");
    expect(folder("linux", { FAULTLINE_DATA: "" })).toBe("/home/ada/.config/Faultline");
    expect(folder("linux", { FAULTLINE_DATA: "/named" }, "here")).toBe(resolve("here"));
  });
});
