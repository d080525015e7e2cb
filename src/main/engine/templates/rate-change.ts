/** Whether something became more or less frequent, and how sure that is. */

/**
 * The signed root of the log-likelihood ratio of two counts being of one rate (Dunning, "Accurate Methods for the
 * Statistics of Surprise and Coincidence", 1993): about normal where nothing changed, so that 3 is rare by chance.
 * Positive when the second is the more frequent. `first` and `second` are counts, the others how long each was watched.
 */
export function rateChange(first: number, firstTime: number, second: number, secondTime: number): number {
  const all = first + second;
  const time = firstTime + secondTime;
  if (all === 0 || !(firstTime > 0) || !(secondTime > 0)) return 0;
  const expectedFirst = (all * firstTime) / time;
  const expectedSecond = (all * secondTime) / time;
  const ratio = 2 * (term(first, expectedFirst) + term(second, expectedSecond));
  return Math.sign(second - expectedSecond) * Math.sqrt(Math.max(ratio, 0));
}

const term = (count: number, expected: number): number => (count === 0 ? 0 : count * Math.log(count / expected));
