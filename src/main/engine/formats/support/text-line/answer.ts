/**
 * The level that an access log leaves unsaid: that of the HTTP status after the request, in the Common Log Format and what
 * follows it (Apache, nginx, Envoy, Traefik …), or before it as HAProxy and the load balancers of AWS write; and the
 * digit in the mnemonic of a network device.
 */
import { Level } from "../../../../../shared/model/level.ts";
import { levelOfSyslog } from "../level.ts";

const REQUEST = /"(?:[A-Z]{3,10}) [^"]{1,4000}" (\d{3})(?= |$)/;
const HAPROXY = / (\d{3}) [+\d]+ \S+ \S+ [-A-Za-z]{4} [\d/+]+ [\d/]+ (?:\{[^}]*\} )*"/;

/** AWS' load balancers: three durations, the status of the answer, and that of the target's. */
const LOAD_BALANCER = / -?[\d.]+ -?[\d.]+ -?[\d.]+ (\d{3}) (?:\d{1,3}|-) \d+ \d+ "[A-Z]/;

/** What a client gave up on, or was told to slow down for, is trouble too; other mistakes of clients are everyday. */
const TIMEOUTS = new Set([408, 429, 499]);

/** Of devices of Cisco: %facility-severity-mnemonic, https://www.cisco.com/c/en/us/td/docs/security/asa/syslog/b_syslog.html */
const CISCO = /%[A-Z][A-Z0-9_]{1,30}(?:-[A-Z0-9_]{1,30})?-([0-7])-[A-Z0-9_]{2,40}:/;

export function levelOfAnswer(line: string): Level {
  if (!line.includes(" HTTP/")) return line.includes("%") ? levelOfDevice(line) : Level.none;
  return levelOfStatus(
    Number((REQUEST.exec(line) ?? HAPROXY.exec(line) ?? LOAD_BALANCER.exec(line))?.[1] ?? Number.NaN),
  );
}

/** None for what is no status of HTTP. */
export function levelOfStatus(status: number): Level {
  if (!(status >= 100 && status <= 599)) return Level.none;
  if (status >= 500) return Level.error;
  return TIMEOUTS.has(status) ? Level.warn : Level.info;
}

function levelOfDevice(line: string): Level {
  const severity = CISCO.exec(line)?.[1];
  return severity === undefined ? Level.none : (levelOfSyslog(Number(severity)) ?? Level.none);
}
