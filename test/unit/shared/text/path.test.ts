import { expect, it } from "vitest";
import { fileName } from "../../../../src/shared/text/path.ts";

it.each([
  ["/srv/dumps/app.jsonl", "app.jsonl"],
  ["C:\\dumps\\app.jsonl", "app.jsonl"],
  ["/srv/dumps/", "dumps"],
  ["/srv/dumps.zip › app.jsonl", "app.jsonl"],
  ["/srv/dumps.zip › logs/in.tgz › app.jsonl", "app.jsonl"],
])("the name of %s is %s", (path, name) => {
  expect(fileName(path)).toBe(name);
});
