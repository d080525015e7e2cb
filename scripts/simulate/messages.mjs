/** What services say while they work: many templates with parameters, chosen by the level and what the service handles. */

/**
 * @typedef {import('./random.mjs').Random} Random
 * @typedef {import('./topology.mjs').Service} Service
 * @typedef {(string | number)[]} Fields key, value, key, value
 * @typedef {(random: Random, service: Service) => [message: string, fields: Fields]} Say
 */

const id = (/** @type {Random} */ r) => r.int(100_000, 999_999);

/** @type {readonly Say[]} */
const INFO = [
  (r, s) => [`${s.noun} ${s.verb}`, ["item_id", id(r)]],
  (r, s) => [`${s.noun} ${id(r)} ${s.verb} in ${r.int(2, 40)} ms`, ["region", r.pick(REGIONS)]],
  (r, s) => [`stored ${s.noun} ${id(r)} (revision ${r.int(1, 9)})`, ["bytes", r.int(180, 9000)]],
  (r, s) => [
    `published ${s.noun} event to topic ${s.name}.events partition ${r.int(0, 11)} offset ${r.int(1e6, 9e6)}`,
    [],
  ],
  (r) => [`customer ${id(r)} matched segment ${r.pick(SEGMENTS)}`, ["score", r.int(1, 100)]],
  (r, s) => [
    `loaded ${r.int(1, 48)} ${s.noun} candidates from ${r.pick(["primary", "replica-1", "replica-2"])}`,
    ["page", r.int(1, 6)],
  ],
  (r) => [`idempotency key ${r.hex(8)} accepted`, ["ttl_s", 86400]],
  (r) => [`outbox drained: ${r.int(1, 30)} events sent`, ["lag_ms", r.int(3, 400)]],
];
/** @type {readonly Say[]} */
const DEBUG = [
  (r, s) => [`cache ${r.chance(0.8) ? "hit" : "miss"} for ${s.noun}:${id(r)}`, ["ttl_s", r.int(5, 300)]],
  (r) => [`connection reused from pool (${r.int(2, 19)} idle)`, []],
  (r, s) => [`decoded ${s.noun} payload`, ["bytes", r.int(120, 4096), "schema", `v${r.int(1, 4)}`]],
  (r) => [`feature snapshot ${r.hex(8)} in use`, ["rules", r.int(12, 80)]],
];
/** @type {readonly Say[]} */
const WARN = [
  (r, s) => [
    `${s.noun} ${id(r)} rejected: field ${r.pick(["quantity", "postcode", "email", "currency"])} is not valid`,
    ["http_status", 422],
  ],
  (r, s) => [`${s.noun} ${id(r)} not found`, ["http_status", 404]],
  (r, s) => [`stale ${s.noun} version: expected ${r.int(3, 9)}, was ${r.int(1, 2)}`, ["http_status", 409]],
  (r) => [
    `client ${r.int(11, 99)}.${r.int(1, 250)}.${r.int(1, 250)}.${r.int(1, 250)} closed the connection early`,
    ["http_status", 499],
  ],
  (r) => [`token expired ${r.int(2, 900)} s ago`, ["http_status", 401]],
];
/** @type {readonly Say[]} */
const POSTGRES = [
  (r) => [
    `checkpoint complete: wrote ${r.int(40, 900)} buffers (${r.int(1, 6)}.${r.int(0, 9)}%); sync=0.0${r.int(10, 99)} s, total=${r.int(2, 27)}.${r.int(100, 999)} s`,
    [],
  ],
  (r) => [`connection authorized: user=app database=shop application_name=${r.pick(["api", "worker", "migrate"])}`, []],
  (r) => [
    `automatic vacuum of table shop.public.${r.pick(TABLES)}: index scans: 1, pages: 0 removed, ${r.int(400, 9000)} remain`,
    [],
  ],
  (r) => [
    `disconnection: session time: 0:0${r.int(0, 9)}:${r.int(10, 59)}.${r.int(100, 999)} user=app database=shop host=10.42.${r.int(0, 3)}.${r.int(20, 250)} port=${r.int(32768, 60999)}`,
    [],
  ],
  (r) => [
    `duration: ${r.int(102, 380)}.${r.int(100, 999)} ms  execute <unnamed>: SELECT * FROM ${r.pick(TABLES)} WHERE updated_at > $1 LIMIT 500`,
    [],
  ],
];
/** @type {readonly Say[]} */
const REDIS = [
  (r) => [`${r.int(100, 999)} changes in 60 seconds. Saving...`, []],
  (r) => [`Background saving started by pid ${r.int(2000, 9000)}`, []],
  (r) => [`DB saved on disk, ${r.int(1, 9)} MB of memory used by copy-on-write`, []],
  (r) => [`Accepted 10.42.${r.int(0, 3)}.${r.int(20, 250)}:${r.int(32768, 60999)}`, ["clients", r.int(20, 90)]],
  (r) => [`evicted ${r.int(3, 400)} keys`, ["maxmemory_policy", "allkeys-lru"]],
];
const REGIONS = ["eu-west", "eu-north", "us-east", "ap-south"];
const SEGMENTS = ["new", "returning", "wholesale", "dormant", "vip"];
export const TABLES = ["orders", "order_lines", "reservations", "customers", "prices", "shipments"];

/** @type {readonly Say[]} */
const EDGE = [
  (r) => [`route matched: ${r.pick(["storefront", "account", "api-v2"])}`, ["region", r.pick(REGIONS)]],
  (r) => [`session ${r.hex(8)} resumed`, ["age_s", r.int(4, 5000)]],
  (r) => [`rate limit bucket at ${r.int(1, 70)} of 100`, ["client", `c-${id(r)}`]],
  (r) => [`upstream keep-alive connection ${r.int(1, 400)} reused`, []],
];

/** @param {Random} random @param {Service} service */
export function infoOf(random, service) {
  if (service.role === "edge") return random.pick(EDGE)(random, service);
  if (service.language === "postgres") return random.pick(POSTGRES)(random, service);
  if (service.language === "redis") return random.pick(REDIS)(random, service);
  return random.pick(INFO)(random, service);
}
/** @param {Random} random @param {Service} service */
export const debugOf = (random, service) => random.pick(DEBUG)(random, service);
/** @param {Random} random @param {Service} service */
export const warnOf = (random, service) => random.pick(WARN)(random, service);
