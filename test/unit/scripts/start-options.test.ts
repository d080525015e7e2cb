import { describe, expect, it } from "vitest";
import { callersFolder, parseStartOptions } from "../../../scripts/run/start-options.mjs";

describe("npm start", () => {
  it("means paths from where it was called", () => {
    const { paths } = parseStartOptions(["logs/app.jsonl", "/var/log"], "/home/ada");
    expect(paths).toEqual(["/home/ada/logs/app.jsonl", "/var/log"]);
  });

  it("keeps --once to itself and hands other switches to the app", () => {
    const options = parseStartOptions(["--once", "--lang=de", "a.log"], "/home/ada");
    expect(options).toEqual({
      once: true,
      screenshot: undefined,
      switches: ["--lang=de"],
      paths: ["/home/ada/a.log"],
    });
  });

  it("takes the place of the picture", () => {
    const { screenshot, switches } = parseStartOptions(["--screenshot=window.png"], "/home/ada");
    expect(screenshot).toBe("/home/ada/window.png");
    expect(switches).toEqual([]);
  });

  it("was called from where npm was, when npm changed the folder", () => {
    expect(callersFolder("/faultline", { INIT_CWD: "/home/ada" }, "/faultline")).toBe("/home/ada");
    expect(callersFolder("/faultline", { INIT_CWD: "/faultline" }, "/tmp")).toBe("/tmp");
    expect(callersFolder("/faultline", {}, "/faultline")).toBe("/faultline");
  });
});
