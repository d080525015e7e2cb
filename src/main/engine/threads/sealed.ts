/**
 * A value on its way through a thread that does not look at it. Thousands of objects are otherwise copied four times, into
 * each message and out of it, and twice by the thread in the middle, which everybody waits for; bytes are handed on.
 */
import { deserialize, serialize } from "node:v8";

declare const content: unique symbol;

/** Bytes that hold a `T`, alone in their buffer. */
export type Sealed<T> = Uint8Array<ArrayBuffer> & { readonly [content]?: T };

/** As structured cloning would copy it. */
export const seal = <T>(value: T): Sealed<T> => new Uint8Array(serialize(value));

export const unsealed = <T>(bytes: Sealed<T>): T => deserialize(bytes) as T;
