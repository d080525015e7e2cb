// Who gets a core when the window wants it too, as the kernel tells.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ParserPool } from "../../../src/main/engine/ingest/parser-pool.ts";
import { workerFile } from "../../../src/main/engine/workers.ts";
import { micros } from "../../../src/shared/units.ts";
import { workersFolder } from "./support.ts";

const TASKS = "/proc/self/task";
/** Of the fields behind the name of a thread, which stands in brackets: proc_pid_stat(5), field 19. */
const NICE_BEHIND_NAME = 16;

/** Nice values of all threads of this process, by their ids. */
function niceValues(): ReadonlyMap<string, number> {
  return new Map(
    readdirSync(TASKS).map((task) => {
      const stat = readFileSync(`${TASKS}/${task}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [task, Number(fields[NICE_BEHIND_NAME])];
    }),
  );
}

const START = { name: "a.log", format: null, zone: "UTC", now: micros(0) };

/** Nice values above this process's own, of the threads that a pool with one parser brings along. */
async function nicerThreads(yields: boolean): Promise<readonly number[]> {
  const before = niceValues();
  await using pool = new ParserPool(workerFile(workersFolder, "parser"), { size: 1, yields });
  const parser = await pool.acquire();
  await parser.call("start", START);
  const own = before.get(String(process.pid)) ?? 0;
  return [...niceValues()].filter(([task, nice]) => !before.has(task) && nice > own).map(([, nice]) => nice);
}

describe.runIf(process.platform === "linux")("parser threads", () => {
  it("stand behind a window that somebody looks at", async () => {
    expect(await nicerThreads(true)).toEqual([10]);
  });

  it("stand behind nobody on the command line", async () => {
    expect(await nicerThreads(false)).toEqual([]);
  });
});
