/**
 * As much of WebAssembly's binary format as a module with one function needs. Instructions bear the names of its text
 * format: https://webassembly.github.io/spec/core/binary/index.html
 */

/** The bytes of one instruction or of several. */
export type Code = readonly number[];

const MAGIC_AND_VERSION: Code = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const I32 = 0x7f;
const V128 = 0x7b;
const FUNCTION = 0x60;
const MEMORY_IMPORT = 0x02;
const FUNCTION_EXPORT = 0x00;
/** A block without a result. */
const NOTHING = 0x40;
const END = 0x0b;

/** LEB128. */
function unsigned(value: number): Code {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

function signed(value: number): Code {
  const bytes = [];
  for (let rest = value; ; rest >>= 7) {
    if (rest >= -0x40 && rest < 0x40) return [...bytes, rest & 0x7f];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const name = (text: string): Code => list(Array.from(text, (letter) => [letter.charCodeAt(0)]));
const section = (id: number, items: readonly Code[]): Code => {
  const content = list(items);
  return [id, ...unsigned(content.length), ...content];
};
const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)];
/** Alignment and offset of an access to the memory. */
const ANYWHERE: Code = [0, 0];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
/** Stores, and keeps the value on the stack. */
export const tee = (local: number): Code => [0x22, ...unsigned(local)];
export const constant = (value: number): Code => [0x41, ...signed(value)];

export const block = (...body: readonly Code[]): Code => [0x02, NOTHING, ...body.flat(), END];
export const loop = (...body: readonly Code[]): Code => [0x03, NOTHING, ...body.flat(), END];
/** `if`: runs when the stack's top is not 0. */
export const when = (...body: readonly Code[]): Code => [0x04, NOTHING, ...body.flat(), END];
/** Out of so many blocks around; of a loop, to its beginning. */
export const branch = (depth: number): Code => [0x0c, ...unsigned(depth)];
export const branchIf = (depth: number): Code => [0x0d, ...unsigned(depth)];
export const leave: Code = [0x0f];

export const i32 = {
  load8: [0x2d, ...ANYWHERE],
  ne: [0x47],
  ltU: [0x49],
  gtU: [0x4b],
  ctz: [0x68],
  add: [0x6a],
  sub: [0x6b],
  and: [0x71],
  or: [0x72],
} satisfies Record<string, Code>;

/** Sixteen bytes at once. */
export const v128 = {
  load: [...simd(0x00), ...ANYWHERE],
  /** Bytes of the first, by their places in the second; 0 for places beyond 15. */
  swizzle: simd(0x0e),
  splat8: simd(0x0f),
  eq8: simd(0x23),
  ne8: simd(0x24),
  ltS8: simd(0x25),
  and: simd(0x4e),
  or: simd(0x50),
  /** One bit a byte. */
  bitmask8: simd(0x64),
  shrU8: simd(0x6d),
} satisfies Record<string, Code>;

export interface WasmFunction {
  /** Of type i32, as is its result. */
  readonly parameters: number;
  /** Locals are numbered after the parameters, those of type i32 first. */
  readonly i32Locals: number;
  readonly v128Locals: number;
  readonly body: readonly Code[];
}

/** A module that exports the function as `run` and imports its memory as `env.memory`. */
export function moduleOf({ parameters, i32Locals, v128Locals, body }: WasmFunction): Uint8Array<ArrayBuffer> {
  const type = [FUNCTION, ...list(Array.from({ length: parameters }, () => [I32])), ...list([[I32]])];
  const locals = list([
    [...unsigned(i32Locals), I32],
    [...unsigned(v128Locals), V128],
  ]);
  const code = [...locals, ...body.flat(), END];
  return Uint8Array.from([
    ...MAGIC_AND_VERSION,
    ...section(1, [type]),
    ...section(2, [[...name("env"), ...name("memory"), MEMORY_IMPORT, 0, 1]]),
    ...section(3, [[0]]),
    ...section(7, [[...name("run"), FUNCTION_EXPORT, 0]]),
    ...section(10, [[...unsigned(code.length), ...code]]),
  ]);
}
