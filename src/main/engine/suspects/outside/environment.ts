/**
 * What records say of the ground itself: certificates that ran out, names that are not resolved, clocks, networks and
 * machines that fail. A single service that says so may have been told a wrong name or path; what several say is the ground's.
 */
import { Level } from "../../../../shared/model/level.ts";
import { MICROS_PER_MINUTE } from "../../../../shared/units.ts";
import type { Beginning } from "../onset.ts";
import type { CaseSignals, Quote } from "../signals.ts";
import { list } from "../text.ts";
import type { OutsideCause } from "./outside-cause.ts";

interface Ground {
  readonly object: string;
  readonly says: RegExp;
  readonly leastServices: number;
  readonly logOdds: number;
}

const GROUNDS: readonly Ground[] = [
  {
    object: "a certificate that ran out",
    says: /certificate (?:has |is )?(?:expired|no longer valid)|x509[^\n]{0,80}expired|cert(?:ificate)?[^\n]{0,40}(?:expired|not yet valid)/iu,
    leastServices: 1,
    logOdds: 2,
  },
  {
    object: "a clock that nobody sets",
    says: /\b(?:ntpd?|chronyd?|timesyncd|w32time)\b|clock (?:skew|offset|drift|(?:is )?(?:unsynchronized|not synchronized))/iu,
    leastServices: 1,
    logOdds: 1.5,
  },
  {
    object: "name resolution",
    says: /no such host|enotfound|eai_again|servfail|nxdomain|name resolution|could not resolve|server misbehaving/iu,
    leastServices: 2,
    logOdds: 1.5,
  },
  {
    object: "the network",
    says: /no route to host|(?:host|network)(?: is)? unreachable|enetunreach|ehostunreach|packet loss/iu,
    leastServices: 2,
    logOdds: 1.5,
  },
  {
    object: "the machines beneath",
    says: /node\S*(?: \S+)? (?:is )?(?:not ?ready|lost|preempted|terminated)|spot (?:instance )?(?:interrupt|reclaim|terminat)|preempted|i\/o error|kernel panic|hardware error|uncorrectable|scheduled maintenance|availability zone/iu,
    leastServices: 1,
    logOdds: 1.5,
  },
];

/** Machines say so a moment before services feel it. */
const EARLY = 5 * MICROS_PER_MINUTE;

export function environmentCauses({ quotes }: CaseSignals, { onset }: Beginning): OutsideCause[] {
  if (onset === null) return [];
  const bad = quotes.filter(
    ({ level, of, first }) => (of === "span" || level >= Level.warn) && first >= onset.time - EARLY,
  );
  return GROUNDS.flatMap((ground) => causeOf(ground, bad));
}

function causeOf({ object, says, leastServices, logOdds }: Ground, bad: readonly Quote[]): OutsideCause[] {
  const saying = bad.filter(({ texts }) => texts.some((text) => says.test(text))).toSorted((a, b) => a.first - b.first);
  const [first] = saying;
  const services = [...new Set(saying.map(({ service }) => service ?? "records without a service"))];
  if (first === undefined || services.length < leastServices) return [];
  const text = first.texts.find((one) => says.test(one))?.split("\n", 1)[0] ?? "";
  return [
    {
      object,
      service: first.service,
      since: first.first,
      factors: [
        {
          logOdds,
          text: `${list(services.slice(0, 4))} ${services.length === 1 ? "says" : "say"} so: “${text.slice(0, 110)}”.`,
          place: first.place,
          time: first.first,
        },
      ],
    },
  ];
}
