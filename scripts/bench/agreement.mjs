// Whether all contenders did the same work: they must have found as many records.

/** Tools of lines count damaged lines too, which are dead letters here. */
const TOLERATED_SHARE = 0.005;

/**
 * @param {readonly { lines: number, contender: string, answers: Record<string, number> }[]} found Faultline's among them
 * @returns {string[]} a sentence for each answer that is another than Faultline's
 */
export function disagreements(found) {
  return found.flatMap(({ lines, contender, answers }) => {
    const own = found.find((other) => other.lines === lines && other.contender === "Faultline")?.answers ?? {};
    return Object.entries(answers)
      .filter(([question, count]) => own[question] !== undefined && !near(count, own[question]))
      .map(
        ([question, count]) =>
          `${contender} answered ${count} to "${question}" at ${lines} lines, Faultline ${own[question]}: not the same work.`,
      );
  });
}

/** @param {number} a @param {number} b */
const near = (a, b) => Math.abs(a - b) <= TOLERATED_SHARE * Math.max(a, b);
