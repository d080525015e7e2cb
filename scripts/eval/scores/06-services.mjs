// The service where an incident began, ranked among all services of the case.
import { findRankedCases, rankCases, within } from "../suspects-services.mjs";

export const title = "Services: rank of the one where it began";

/** Share of first and of first three places on the whole public sets, by the best published methods of their kind. */
const TO_BEAT = { trainticket: [0.2, 0.31], petshop: [0.57, undefined], sockshop: [0.28, 0.82] };

const share = (number) => (number === undefined ? "" : number.toFixed(2)).padStart(8);

/**
 * @param {string} data
 * @param {(text: string) => void} print
 * @returns {Promise<boolean>} whether what is to beat is beaten, where something is
 */
export async function score(data, print) {
  const cases = findRankedCases(data);
  if (cases.length === 0) {
    print("There are no incidents with a truth that names the service and the windows.\n");
    return true;
  }
  print(
    `${"case".padEnd(20)}${"fault".padEnd(18)}${"rank".padStart(8)}${"alone".padStart(8)}${"seconds".padStart(9)}\n`,
  );
  const ranked = await rankCases(cases, ({ given, services, rank, rankAlone, seconds }) =>
    print(
      `${given.name.padEnd(20)}${(given.type ?? "").padEnd(18)}${String(rank).padStart(8)}${String(rankAlone).padStart(8)}` +
        `${seconds.toFixed(1).padStart(9)}   of ${services}: ${given.service}\n`,
    ),
  );
  print(`\n${"windows given".padEnd(20)}${"".padEnd(6)}   top 1   top 3   top 5   to beat: top 1, top 3\n`);
  let isBeaten = true;
  for (const kind of new Set(cases.map((given) => given.kind))) {
    const of = ranked.filter(({ given }) => given.kind === kind);
    const ranks = of.map(({ rank }) => rank);
    const alone = of.map(({ rankAlone }) => rankAlone);
    const [first, three] = TO_BEAT[kind] ?? [];
    print(
      `${kind.padEnd(20)}${`n=${of.length}`.padEnd(6)}${[1, 3, 5].map((most) => share(within(ranks, most))).join("")}`,
    );
    print(
      `${share(first)}${share(three)}   none given:${[1, 3, 5].map((most) => share(within(alone, most))).join("")}\n`,
    );
    if (first !== undefined && within(ranks, 1) <= first) isBeaten = false;
    if (three !== undefined && within(ranks, 3) <= three) isBeaten = false;
  }
  return isBeaten;
}
