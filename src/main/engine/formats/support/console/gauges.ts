/** Numbers in what top, uptime, free, df, ps and docker stats print: of a line by itself, or of a row under its header. */
import type { Fields } from "../../../../../shared/model/record.ts";
import { cellsOf, columnsOf, LONGEST_ROW } from "./columns.ts";

export interface Gauge {
  readonly metric: string;
  readonly labels: Fields;
  readonly value: number;
  readonly service: string | null;
}

type Row = (text: string, header: string) => readonly Gauge[] | null;

const LOADS =
  /^(?:top - ?)?\s*(\d{1,2}:\d\d:\d\d)\s+up\s.*load averages?:\s*(\d+[.,]\d+),?\s+(\d+[.,]\d+),?\s+(\d+[.,]\d+)\s*$/;
const SUMMARY = /^(Tasks|Threads|%?Cpu\(s\)|(?:[KMGT]i?B )?(?:Mem|Swap))\s*:\s*(\d.*)$/;
const PART = /([\d.,]+)(?:%| |k )([a-zA-Z/]+(?: Mem)?)/g;
const FACTORS: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40, P: 2 ** 50 };
/** Docker counts what goes over networks and disks in thousands, and memory in 1024. */
const THOUSANDS: Readonly<Record<string, number>> = { "": 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };
const SIZE = /^([\d.]+) ?([kKMGTP]?)(i?)B?$/;

const TABLES: readonly (readonly [RegExp, Row])[] = [
  [/^\s*(?:USER|UID|PID)\s.*%CPU\b.*\s(?:COMMAND|CMD|Command)\s*$/, processRow],
  [/^\s+total\s+used\s+free\s+shared\b/, memoryRow],
  [/^Filesystem\s.*(?:Use%|IUse%|Capacity|Used%)\s.*Mounted on\s*$/i, diskRow],
  [/^CONTAINER(?: ID)?\s+(?:NAME\s+)?CPU %\s+MEM USAGE \/ LIMIT\s/, containerRow],
];

export const isGaugeHeader = (text: string): boolean =>
  text.length <= LONGEST_ROW && TABLES.some(([header]) => header.test(text));

/** The clock that top and uptime begin with; null for another line. */
export const clockOfLoads = (text: string): string | null =>
  (text.length > LONGEST_ROW ? undefined : LOADS.exec(text)?.[1]) ?? null;

/** `header` is the one of the table that the line stands in. Null for a line without such numbers, or of another shape. */
export function gaugesOf(text: string, header: string | null): readonly Gauge[] | null {
  if (text.length > LONGEST_ROW) return null;
  const alone = loadsOf(text) ?? summaryOf(text);
  if (alone !== null || header === null) return alone;
  return TABLES.find(([pattern]) => pattern.test(header))?.[1](text, header) ?? null;
}

const gauge = (metric: string, value: number, labels: Fields = [], service: string | null = null): Gauge => ({
  metric,
  labels,
  value,
  service,
});

/** Locales write a comma. */
const numberOf = (text: string): number => Number(text.replace(",", "."));

function loadsOf(text: string): readonly Gauge[] | null {
  const [, , ...loads] = LOADS.exec(text) ?? [];
  if (loads.length === 0) return null;
  return ["1m", "5m", "15m"].map((over, at) => gauge(`load_${over}`, numberOf(loads[at] ?? "")));
}

/** What top prints above its table: "%Cpu(s): 72.3 us, 12.1 sy". */
function summaryOf(text: string): readonly Gauge[] | null {
  const [, name = "", said = ""] = SUMMARY.exec(text) ?? [];
  const parts = [...said.matchAll(PART)];
  if (parts.length < 2) return null;
  const factor = FACTORS[/^([KMGT])i?B /.exec(name)?.[1] ?? "K"] ?? 1;
  return parts.map(([, written = "", key = ""]) => {
    const value = numberOf(written.replace(/[.,]$/, ""));
    if (/Mem|Swap/.test(name)) {
      // The line of the swap ends with the memory that is available.
      const isMemory = name.includes("Mem") || key === "avail Mem";
      const state = key.replace(/ .*/, "");
      return gauge(isMemory ? "memory_bytes" : "swap_bytes", Math.round(value * factor), [["state", state]]);
    }
    return name.includes("Cpu")
      ? gauge("cpu_percent", value, [["mode", key]])
      : gauge("tasks", value, [["state", key]]);
  });
}

/** Of ps and top: the last column holds blanks. */
function processRow(text: string, header: string): readonly Gauge[] | null {
  const names = header.trim().split(/\s+/);
  const cells = text.trim().split(/\s+/);
  if (cells.length < names.length) return null;
  const cell = (name: string): string => cells[names.indexOf(name)] ?? "";
  const pid = cell("PID");
  const processor = numberOf(cell("%CPU"));
  const memory = numberOf(cell("%MEM"));
  if (!/^\d+$/.test(pid) || !(processor >= 0) || !(memory >= 0)) return null;
  if (processor === 0 && memory === 0) return [];
  const labels = [
    ["command", (cells[names.length - 1] ?? "").replace(/^.*\/(?=[^/])/, "").replace(/:$/, "")],
    ["pid", pid],
  ] as const;
  return [gauge("process_cpu_percent", processor, labels), gauge("process_memory_percent", memory, labels)];
}

/** free's unit depends on how it was called, and is not printed: numbers alone are kept as they are. */
function memoryRow(text: string, header: string): readonly Gauge[] | null {
  const [, name, said = ""] = /^(Mem|Swap|Total):\s+(\S.*)$/.exec(text) ?? [];
  if (name === undefined) return null;
  const states = header.trim().split(/\s+/);
  return said.split(/\s+/).flatMap((cell, at) => {
    const value = sizeOf(cell, FACTORS);
    const metric = name === "Mem" ? "memory" : name.toLowerCase();
    return value === null ? [] : [gauge(metric, value, [["state", states[at] ?? ""]])];
  });
}

function diskRow(text: string, header: string): readonly Gauge[] | null {
  const [, filesystem, used, mount = ""] = /^(\S.*?)\s.*\s(\d+%|-)\s+(\/.*|[A-Z]:.*)$/.exec(text) ?? [];
  if (filesystem === undefined) return null;
  if (used === undefined || used === "-") return [];
  const metric = /IUse%/i.test(header) ? "inodes_used_percent" : "disk_used_percent";
  return [
    gauge(metric, Number.parseInt(used, 10), [
      ["mount", mount.trim()],
      ["filesystem", filesystem],
    ]),
  ];
}

function containerRow(text: string, header: string): readonly Gauge[] | null {
  const columns = columnsOf(header);
  const cells = cellsOf(text, columns);
  if (cells === null) return null;
  const cell = (name: string): string => cells[columns.names.indexOf(name)] ?? "";
  const container = cell("NAME") || cell("CONTAINER") || cell("CONTAINER ID");
  if (container === "" || !/^(?:[\d.]+%|--)$/.test(cell("CPU %"))) return null;
  const [usage = ""] = cell("MEM USAGE / LIMIT").split(" / ");
  const [received = "", sent = ""] = cell("NET I/O").split(" / ");
  const [read = "", written = ""] = cell("BLOCK I/O").split(" / ");
  const values: readonly (readonly [string, number | null])[] = [
    ["container_cpu_percent", percentOf(cell("CPU %"))],
    ["container_memory_bytes", sizeOf(usage, THOUSANDS)],
    ["container_memory_percent", percentOf(cell("MEM %"))],
    ["container_network_received_bytes", sizeOf(received, THOUSANDS)],
    ["container_network_sent_bytes", sizeOf(sent, THOUSANDS)],
    ["container_disk_read_bytes", sizeOf(read, THOUSANDS)],
    ["container_disk_written_bytes", sizeOf(written, THOUSANDS)],
    ["container_processes", sizeOf(cell("PIDS"), THOUSANDS)],
  ];
  return values.flatMap(([metric, value]) =>
    value === null ? [] : [gauge(metric, value, [["container", container]], container)],
  );
}

const percentOf = (cell: string): number | null => (/^[\d.]+%$/.test(cell) ? Number(cell.slice(0, -1)) : null);

/** Null for what is no size; the "i" of a unit says 1024 whatever `factors` say. */
function sizeOf(cell: string, factors: Readonly<Record<string, number>>): number | null {
  const [, number, unit = "", binary = ""] = SIZE.exec(cell) ?? [];
  if (number === undefined) return null;
  const factor = (binary === "" ? factors : FACTORS)[unit] ?? FACTORS[unit] ?? 1;
  return Math.round(Number(number) * factor * 1_000) / 1_000;
}
