/** Wildcards of a template in their order: each has a name of its own, though two may follow the same word. */

export interface Numbered<T> {
  readonly id: string;
  /** The word before it, or its number. */
  readonly label: string;
  readonly one: T;
}

export const numbered = <T extends { readonly name: string }>(list: readonly T[]): readonly Numbered<T>[] =>
  list.map((one, index) => ({
    id: `${index} ${one.name}`,
    label: one.name === "" ? `value ${index + 1}` : one.name,
    one,
  }));
