import { describe, expect, it } from "vitest";
import { ownArguments, parseLaunchOptions } from "../../../src/main/app/launch-options.ts";

describe("arguments of a start", () => {
  it("are what follows the executable of a package", () => {
    expect(ownArguments(["/opt/faultline", "a.log", "--faultline-summary"], true)).toEqual([
      "a.log",
      "--faultline-summary",
    ]);
  });

  it("leave out the folder of an app that is not packaged, wherever Chromium's switches stand", () => {
    expect(ownArguments(["electron", "--no-sandbox", "/src", "a.log"], false)).toEqual(["--no-sandbox", "a.log"]);
    expect(ownArguments(["electron", "/src"], false)).toEqual([]);
  });

  it("name paths from where they were typed, and how to report", () => {
    expect(
      parseLaunchOptions(
        [
          "--no-sandbox",
          "dumps",
          "/var/x.gz",
          "--faultline-summary",
          "--screenshot=a.png",
          "--set=retry.maxAttempts=5",
          "--set=assumedZone=Europe/Berlin",
        ],
        "/home/ada",
      ),
    ).toEqual({
      paths: ["/home/ada/dumps", "/var/x.gz"],
      summary: true,
      screenshot: "/home/ada/a.png",
      settings: ["retry.maxAttempts=5", "assumedZone=Europe/Berlin"],
    });
  });
});
