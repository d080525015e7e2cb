/** What a document scanner tells of what it finds. */
export interface JsonFault {
  readonly reason: "invalid-json" | "truncated" | "too-large";
  readonly message: string;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  /** The first bytes of it; may be overwritten after the call. */
  readonly raw: Uint8Array;
}

export interface JsonHandler {
  /** A value at one of the paths. `bytes` may be overwritten after the call. */
  value(path: string, bytes: Uint8Array, offset: number, line: number): void;
  /** The container at a path that leads to others is closed, or its rest is lost. */
  leave?(path: string): void;
  /**
   * Something is damaged from here on; `path` is where it stands, null where nothing was asked for. Comes before the
   * containers around it are left, and its fault follows once its end is found.
   */
  damage?(path: string | null): void;
  fault(fault: JsonFault): void;
  /** The input ends inside of a document, whether or not a value was cut. */
  cut?(line: number): void;
}
