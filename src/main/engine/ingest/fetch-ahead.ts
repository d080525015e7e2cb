/** A fetch runs ahead of the parser, so that its failure is a value until somebody looks at it. */
import type { Chunk } from "../connectors/connector.ts";

export type Fetched =
  | { readonly chunk: Chunk | null; readonly failure: null }
  | { readonly chunk: null; readonly failure: Error };

export const fetchNext = (chunks: AsyncIterator<Chunk>): Promise<Fetched> =>
  chunks.next().then(
    (result): Fetched => ({ chunk: result.done === true ? null : result.value, failure: null }),
    (thrown: unknown): Fetched => ({
      chunk: null,
      failure: thrown instanceof Error ? thrown : new Error(String(thrown)),
    }),
  );
