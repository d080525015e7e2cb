import { describe, expect, it } from "vitest";
import { commonFolder, splitPath } from "../../../../src/shared/text/path.ts";

describe("a path in a narrow place", () => {
  it.each([
    ["/srv/dumps/app.jsonl", "/srv/dumps/", "app.jsonl"],
    ["C:\\dumps\\app.jsonl", "C:\\dumps\\", "app.jsonl"],
    ["app.jsonl", "", "app.jsonl"],
    ["/srv/repository/", "/srv/", "repository/"],
    ["/srv/dumps.zip › app.jsonl", "/srv/dumps.zip › ", "app.jsonl"],
    ["/srv/dumps.zip › logs/in.tgz › a.log", "/srv/dumps.zip › logs/in.tgz › ", "a.log"],
    ["/srv/dumps.zip › ", "/srv/", "dumps.zip › "],
    ["", "", ""],
    ["prometheus:http://host:9090/?query=up%2F2", "prometheus:http://", "host:9090/?query=up%2F2"],
    ["https://host", "https://", "host"],
  ])("splits %s", (path, folders, name) => {
    expect(splitPath(path)).toEqual({ folders, name });
  });
});

describe("the folder that paths share", () => {
  it.each([
    [["/d/bundle/logs/a.log", "/d/bundle/traces/b.json"], "/d/bundle/"],
    [["/d/bundle/a.log"], "/d/bundle/"],
    [["/d/a.zip › a.log", "/d/a.zip › logs/b.log"], "/d/a.zip › "],
    [["/d/a.zip › a.log", "/d/b.zip › a.log"], "/d/"],
    [["/d/bun/a.log", "/d/bundle/b.log"], "/d/"],
    [["a.log", "/d/b.log"], ""],
    [["http://host/a", "/d/b.log"], ""],
    [[], ""],
  ])("of %j is %s", (paths, folder) => {
    expect(commonFolder(paths)).toBe(folder);
  });
});
