/** Questions whose answer may come in parts while the text of a large case is searched. */

/**
 * Asks again until everything was searched.
 * @param show gets each answer that is not whole yet and says whether anybody still waits for the rest.
 */
export async function whole<T extends { readonly searched: number }>(
  ask: () => Promise<T>,
  show: (partial: T) => boolean,
): Promise<T> {
  let answer = await ask();
  while (answer.searched < 1 && show(answer)) answer = await ask();
  return answer;
}
