// The real Prometheus server of Debian, started on a port of this machine with nothing but itself to scrape.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultline } from "../cli/support.ts";
import { testImport } from "../ingest/support.ts";

const isInstalled = ((): boolean => {
  try {
    execFileSync("prometheus", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** What it scrapes of itself is enough to ask for. */
async function hasSamples(origin: string): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/api/v1/query?query=count_over_time(up[1m])`);
    const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
    return Number(data.result[0]?.value[1] ?? 0) >= 2;
  } catch {
    return false;
  }
}

describe.skipIf(!isInstalled)(
  "Debian's Prometheus (skipped where it is not installed: apt-get install prometheus)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "faultline-prometheus-"));
    let server: ChildProcess;
    let origin = "";

    beforeAll(async () => {
      const port = await freePort();
      origin = `http://127.0.0.1:${port}`;
      const configuration = join(folder, "prometheus.yml");
      const scrape = `- job_name: itself\n    static_configs: [{targets: ["127.0.0.1:${port}"]}]`;
      writeFileSync(configuration, `global: {scrape_interval: 1s}\nscrape_configs:\n  ${scrape}\n`);
      server = spawn(
        "prometheus",
        [
          `--config.file=${configuration}`,
          `--storage.tsdb.path=${join(folder, "data")}`,
          `--web.listen-address=127.0.0.1:${port}`,
        ],
        { stdio: "ignore" },
      );
      while (!(await hasSamples(origin))) await new Promise((resolve) => setTimeout(resolve, 200));
    });

    afterAll(async () => {
      const ended = once(server, "exit");
      server.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    });

    it("is read as series with its own labels", async () => {
      const one = await testImport();
      await one.read(`prometheus:${origin}/?query=up&query=prometheus_build_info&start=-5m&end=now&step=1s`);
      const [source] = one.sources();
      expect(source).toMatchObject({
        connector: "prometheus",
        format: "prometheus-json",
        state: "done",
        deadLetters: 0,
      });
      expect(source?.records).toBeGreaterThanOrEqual(2);
    });

    it("gives all of its metrics when none is named", async () => {
      const one = await testImport();
      await one.read(`prometheus:${origin}/?start=-1m&step=15s`);
      const [source] = one.sources();
      expect(source).toMatchObject({ state: "done", deadLetters: 0 });
      expect(source?.records).toBeGreaterThan(200);
    });

    it("is not read again for a window that is over", async () => {
      const one = await testImport();
      const end = Math.floor(Date.now() / 1_000);
      const path = `prometheus:${origin}/?query=up&start=${end - 60}&end=${end}&step=1s`;
      await one.read(path);
      const commits = one.commits();
      await one.read(path);
      expect(one.commits()).toBe(commits);
      expect(one.sources()).toHaveLength(1);
    });

    it("takes a day in steps of seconds, which is more than it gives at a time", async () => {
      const one = await testImport();
      await one.read(`prometheus:${origin}/?query=vector(1)&start=-1d&end=now&step=5s`);
      expect(one.sources()).toMatchObject([{ state: "done", records: 17_281, deadLetters: 0 }]);
    });

    it("says what is wrong with a query", async () => {
      const ran = await faultline(["analyze", `prometheus:${origin}/?query=up{`, "--json"]);
      expect(ran.code).toBe(1);
      const [source] = (ran.json() as { sources: { messages: string[] }[] }).sources;
      expect(source?.messages[0]).toContain("unexpected end of input inside braces");
    });

    it("is analysed from the command line", async () => {
      const ran = await faultline(["analyze", `prometheus:${origin}/?query=up&start=-1m&step=1s`, "--json"]);
      const analysis = ran.json() as { sources: { path: string }[]; totals: { records: number } };
      expect(ran.code).toBe(0);
      expect(analysis.sources[0]?.path).toBe(`prometheus:${origin}/?query=up&start=-1m&step=1s`);
      expect(analysis.totals.records).toBeGreaterThanOrEqual(2);
    });
  },
);
