/** The course of a whole series in the width of a word. */
import { useEffect, useState, type ReactNode } from "react";
import type { SeriesKey } from "../../shared/contract.ts";
import { call } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { drawn, type Drawn } from "./series-data.ts";

const WIDTH = 72;
const HEIGHT = 15;
/** Enough for the least and greatest of each pixel. */
const POINTS = WIDTH * 2;
/** A fast scroll passes many rows: only so many are read at a time, the last ones first. */
const MOST_AT_ONCE = 2;

function sparkPath({ times, values }: Pick<Drawn, "times" | "values">): string {
  const first = times[0];
  const last = times.at(-1);
  const known = values.filter((value) => value !== null);
  if (first === undefined || last === undefined || known.length === 0) return "";
  const least = known.reduce((a, b) => Math.min(a, b));
  const most = known.reduce((a, b) => Math.max(a, b));
  const scaleX = last > first ? (WIDTH - 2) / (last - first) : 0;
  const scaleY = most > least ? (HEIGHT - 4) / (most - least) : 0;
  let path = "";
  let pen = "M";
  for (const [at, value] of values.entries()) {
    if (value === null) {
      pen = "M";
      continue;
    }
    const x = 1 + ((times[at] ?? first) - first) * scaleX;
    const y = scaleY === 0 ? HEIGHT / 2 : HEIGHT - 2 - (value - least) * scaleY;
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  }
  return path;
}

const paths = new Map<string, string>();
const MOST_KEPT = 2_000;
const waiting: { readonly id: string; readonly key: SeriesKey; readonly done: (path: string) => void }[] = [];
let running = 0;

async function work(): Promise<void> {
  if (running >= MOST_AT_ONCE) return;
  running += 1;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { id, key, done } = next;
    try {
      const path =
        paths.get(id) ?? sparkPath(drawn(await call("series.read", { key, from: null, to: null, points: POINTS })));
      if (paths.size >= MOST_KEPT) paths.clear();
      paths.set(id, path);
      done(path);
    } catch {
      // The chart says why a series cannot be read; its small picture just stays away.
    }
  }
  running -= 1;
}

export function Sparkline({ seriesKey }: { readonly seriesKey: SeriesKey }): ReactNode {
  const { service, name } = seriesKey;
  // While the import runs, a picture is not drawn again with every commit.
  const state = useCase(({ info }) => (info === null ? "" : `${info.file} ${info.reading === 0 ? info.revision : ""}`));
  const id = `${state}\u0000${service ?? ""}\u0000${name}`;
  const [made, setMade] = useState({ id: "", path: "" });
  useEffect(() => {
    if (paths.has(id)) return undefined;
    const request = { id, key: { service, name }, done: (path: string) => setMade({ id, path }) };
    waiting.push(request);
    void work();
    return () => {
      const at = waiting.indexOf(request);
      if (at >= 0) waiting.splice(at, 1);
    };
  }, [id, service, name]);
  const path = made.id === id ? made.path : (paths.get(id) ?? "");
  return (
    <svg className="sparkline" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <path d={path} />
    </svg>
  );
}
