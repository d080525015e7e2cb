/**
 * Hosts of others in what fails: public names that are none of the system's own. One of them in most errors of a service
 * points at its operator; several of them at once, in services that do not call each other, at what lies between.
 */
import { Level } from "../../../../shared/model/level.ts";
import { bareService } from "../changes/paths.ts";
import type { Beginning } from "../onset.ts";
import type { CaseSignals, Quote } from "../signals.ts";
import { list } from "../text.ts";
import type { OutsideCause } from "./outside-cause.ts";

/** Under the common public top-level domains; country codes that are also ends of files or of fields are left out. */
const HOST =
  /(?<![\w.@-])(?<host>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|net|org|io|dev|cloud|ai|app|co|eu|info|tech|uk|de|fr|jp|cn|us|ca|au|nl|br|se|ch|pl|kr|sg|nz|ie))(?![\w=(]|\.\w)/giu;
/** In an address, a host is one under whatever domain. */
const ADDRESSED =
  /(?:https?|wss?|grpcs?|amqps?|smtps?):\/\/(?:[^\s/@"']*@)?(?<host>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})(?=[\s:/?"']|$)/giu;
/** Kinds of trouble that only an operator of a host can make, or the way to it. */
const THEIRS =
  /no such host|enotfound|servfail|\b(?:429|502|503|504)\b|rate.?limit|quota|unavailable|provider|third.?party|certificate (?:has )?expired|x509|connection (?:reset|refused|timed)|i\/o timeout|unreachable|outage|deadline exceeded|time(?:d)?[ -]?out/iu;
const IN_MOST = 2;
const IN_SOME = 1;
const MOST = 0.5;
const SOME = 0.2;

export function foreignHosts(
  signals: CaseSignals,
  { onset }: Beginning,
  services: ReadonlySet<string>,
): OutsideCause[] {
  if (onset === null) return [];
  const own = new Set([...services].map((service) => bareService(service)));
  const bad = signals.quotes.filter(
    ({ level, of, last }) => (of === "span" || level >= Level.warn) && last >= onset.time,
  );
  const byHost = new Map<string, Quote[]>();
  for (const quote of bad) {
    for (const host of hostsOf(quote.texts.filter((text) => THEIRS.test(text)).join("\n"), own)) {
      const known = byHost.get(host);
      if (known === undefined) byHost.set(host, [quote]);
      else known.push(quote);
    }
  }
  return [...byHost].flatMap(([host, quotes]) => causeOf(host, quotes, bad));
}

function hostsOf(text: string, own: ReadonlySet<string>): Set<string> {
  const hosts = new Set<string>();
  for (const { groups } of [...text.matchAll(HOST), ...text.matchAll(ADDRESSED)]) {
    const host = groups?.["host"]?.toLowerCase() ?? "";
    if (
      /\.(?:svc|internal|local|localdomain|cluster|lan|corp|intranet|consul)(?:\.|$)/u.test(host) ||
      own.has(bareService(host.split(".")[0] ?? ""))
    )
      continue;
    hosts.add(host);
  }
  return hosts;
}

function causeOf(host: string, quotes: readonly Quote[], bad: readonly Quote[]): OutsideCause[] {
  const [first] = quotes.toSorted((a, b) => a.first - b.first);
  if (first === undefined) return [];
  const services = new Set(quotes.map(({ service }) => service));
  const sum = (of: readonly Quote[]): number => of.reduce((total, { count }) => total + count, 0);
  const share = sum(quotes) / Math.max(1, sum(bad.filter(({ service }) => services.has(service))));
  if (share < SOME) return [];
  const whose = list([...services].map((service) => service ?? "unnamed services"));
  return [
    {
      object: host,
      service: first.service,
      since: first.first,
      factors: [
        {
          logOdds: share >= MOST ? IN_MOST : IN_SOME,
          text: `${Math.round(share * 100)} % of the failures of ${whose} are about ${host}, which is somebody else's.`,
          place: first.place,
          time: first.first,
        },
      ],
    },
  ];
}
