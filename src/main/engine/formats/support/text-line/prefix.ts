/**
 * What collectors put before a line: the container of `docker compose logs`, the pod of `kubectl logs --prefix`, of stern
 * and of kail, the job and step of `gh run view --log`, the priority of syslog (RFC 3164 and 5424), facility and level of `dmesg -x`, Redis' process and role, and what opens the
 * records of MySQL's slow log, of WebLogic and of Erlang.
 */
import { Level } from "../../../../../shared/model/level.ts";
import { matchAt } from "./head-patterns.ts";
import { levelOfSyslog, levelOfWord } from "../level.ts";
import { deviceEnd } from "./devices.ts";
import type { LineHead } from "./head.ts";
import { workloadOfPod } from "../workload.ts";

const COMPOSE = /(?:\u001b\[\d*K)?([A-Za-z][\w.-]*)\s*\| ?/y;
const KUBECTL = /\[pod\/([\w.-]+)\/([\w.-]+)\] /y;
/** A pod of stern is told from words by its name: it ends as Kubernetes names pods, or begins as its container. */
const STERN =
  /(?:([a-z0-9][a-z0-9-]{0,62}) )?([a-z0-9][a-z0-9.-]*-(?=[a-z-]*\d[a-z0-9-]* )[a-z0-9]{6,10}-[a-z0-9]{5}) ([a-z0-9][a-z0-9-]{0,62}) /y;
const STERN_NUMBERED = /(([a-z0-9][a-z0-9-]{0,62})[a-z0-9.-]*-(?:\d{1,4}|[bcdfghjklmnpqrstvwxz2456789]{5})) (\2) /y;
/** namespace/pod[container]: */
const KAIL = /([a-z0-9][a-z0-9-]{0,62})\/([a-z0-9][a-z0-9.-]*)\[([a-z0-9][a-z0-9-]{0,62})\]: /y;
/** job, step and the time that the runner wrote, between tabs; each step's file begins with a byte order mark. */
const STEP = /([^\t]{1,200})\t([^\t]{1,200})\t\ufeff?(?=\d{4}-\d\d-\d\dT\d\d:)/y;
const PRIORITY = /<(\d{1,3})>(1 (?=\d{4}-|- ))?/y;
const DECODED =
  /(kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local\d) *:(emerg|alert|crit|err|warn|notice|info|debug) *: (?=\[)/y;
const REDIS = /(\d+):([XCSM]) (?=\d)/y;
/** Erlang's error logger, as RabbitMQ wrote before 3.7. */
const REPORT = /=([A-Z]+) REPORT=+ (?=\d)/y;
/** Load balancers of AWS open with the kind of listener: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html */
const LISTENER = /(https?|h2|grpcs|wss?|tls(?: [\d.]+)?) (?=\d{4}-\d\d-\d\dT[\d:.]+Z? (?:app|net)\/)/y;
/** Octets of the message behind it, where syslog comes over TCP (RFC 6587). */
const OCTETS = /\d{1,7} (?=<\d{1,3}>)/y;
const MYSQL_SLOW = /# Time: (?=\d)/y;
const WEBLOGIC = /#### ?(?=<)/y;
const MOST_PRIORITY = 191;

export interface LinePrefix {
  /** Index of what follows the prefix. */
  end: number;
  /** A runtime wrote it: what follows is a program's own output. */
  wraps: boolean;
  /** It opens a record, whether a time follows or not. */
  opens: boolean;
  /** The dialect that the prefix gives away. */
  dialect: "rfc5424" | "redis" | null;
}

export function clearPrefix(prefix: LinePrefix): void {
  prefix.end = 0;
  prefix.wraps = false;
  prefix.opens = false;
  prefix.dialect = null;
}

export function readPrefix(text: string, head: LineHead, prefix: LinePrefix): void {
  clearPrefix(prefix);
  const first = text.charCodeAt(0);
  if (first === 0x3c) readPriority(text, head, prefix);
  else if (first === 0x5b) readPod(text, head, prefix);
  else if (first === 0x3d) readReport(text, head, prefix);
  else if (first === 0x23) prefix.end = (matchAt(MYSQL_SLOW, text, 0) ?? matchAt(WEBLOGIC, text, 0))?.[0].length ?? 0;
  else if (first >= 0x30 && first <= 0x39) readNumbered(text, head, prefix);
  else if (first === 0x2a || first === 0x2e) prefix.end = deviceEnd(text, 0, head);
  else if (text.includes("|")) readContainer(text, head, prefix);
  else if (first >= 0x61) readNamed(text, head, prefix);
  if (prefix.end > 0 || first <= 0x20) return;
  if ((first >= 0x61 && first <= 0x7a) || (first >= 0x30 && first <= 0x39)) readCollected(text, head, prefix);
  if (prefix.end === 0 && text.includes("\t")) readStep(text, head, prefix);
}

/** Of stern and kail. */
function readCollected(text: string, head: LineHead, prefix: LinePrefix): void {
  const kail = matchAt(KAIL, text, 0);
  const match = kail ?? matchAt(STERN, text, 0);
  if (match !== null) {
    const [whole, namespace, pod = "", container = ""] = match;
    if (namespace !== undefined) head.keep("namespace", namespace);
    return takePod(pod, container, whole.length, head, prefix);
  }
  const [whole, pod = "", , container = ""] = matchAt(STERN_NUMBERED, text, 0) ?? [];
  if (whole !== undefined) takePod(pod, container, whole.length, head, prefix);
}

function readStep(text: string, head: LineHead, prefix: LinePrefix): void {
  const [whole, job = "", step = ""] = matchAt(STEP, text, 0) ?? [];
  if (whole === undefined) return;
  head.keep("job", job);
  head.keep("step", step);
  prefix.end = whole.length;
}

function readNamed(text: string, head: LineHead, prefix: LinePrefix): void {
  const [whole, listener = ""] = matchAt(LISTENER, text, 0) ?? [];
  if (whole === undefined) return readDecoded(text, head, prefix);
  head.keep("listener", listener);
  prefix.end = whole.length;
}

function readNumbered(text: string, head: LineHead, prefix: LinePrefix): void {
  const octets = matchAt(OCTETS, text, 0);
  if (octets !== null) return readPriority(text, head, prefix, octets[0].length);
  readRedis(text, head, prefix);
  if (prefix.end === 0) prefix.end = deviceEnd(text, 0, head);
}

function readDecoded(text: string, head: LineHead, prefix: LinePrefix): void {
  const [whole, facility = "", level = ""] = matchAt(DECODED, text, 0) ?? [];
  if (whole === undefined) return;
  head.level = levelOfWord(level) ?? Level.none;
  head.keep("facility", facility);
  head.keep("level", level);
  prefix.end = whole.length;
}

function readContainer(text: string, head: LineHead, prefix: LinePrefix): void {
  const match = matchAt(COMPOSE, text, 0);
  const name = match?.[1] ?? "";
  if (match === null || head.isLevel(name)) return;
  head.service = name;
  head.keep("container", name);
  prefix.end = match[0].length;
  prefix.wraps = true;
}

function readPod(text: string, head: LineHead, prefix: LinePrefix): void {
  const match = text.startsWith("[pod/") ? matchAt(KUBECTL, text, 0) : null;
  if (match === null) return;
  const [whole, pod = "", container = ""] = match;
  takePod(pod, container, whole.length, head, prefix);
}

function takePod(pod: string, container: string, end: number, head: LineHead, prefix: LinePrefix): void {
  head.service = workloadOfPod(pod);
  head.keep("pod", pod);
  head.keep("container", container);
  prefix.end = end;
  prefix.wraps = true;
}

function readPriority(text: string, head: LineHead, prefix: LinePrefix, from = 0): void {
  const match = matchAt(PRIORITY, text, from);
  const priority = Number(match?.[1]);
  if (match === null || !(priority <= MOST_PRIORITY)) return;
  head.level = levelOfSyslog(priority % 8) ?? Level.none;
  head.keep("priority", match[1] ?? "");
  const end = from + match[0].length;
  prefix.dialect = match[2] === undefined ? null : "rfc5424";
  prefix.end = prefix.dialect === null ? deviceEnd(text, end, head) || end : end;
  prefix.opens = true;
}

function readReport(text: string, head: LineHead, prefix: LinePrefix): void {
  const match = matchAt(REPORT, text, 0);
  if (match === null) return;
  head.level = levelOfWord(match[1] ?? "") ?? Level.none;
  head.keep("level", match[1] ?? "");
  prefix.end = match[0].length;
}

function readRedis(text: string, head: LineHead, prefix: LinePrefix): void {
  const colon = text.indexOf(":");
  if (colon > 10 || text.charCodeAt(colon + 2) !== 0x20) return;
  const match = matchAt(REDIS, text, 0);
  if (match === null) return;
  head.keep("pid", match[1] ?? "");
  head.keep("role", match[2] ?? "");
  prefix.end = match[0].length;
  prefix.dialect = "redis";
}
