/** One secret from whoever types or pipes it: shown nowhere, and no part of the command. */
import type { ReadStream, WriteStream } from "node:tty";
import { UsageError } from "./failure-exit.ts";

/** No secret is longer; what is was not meant to be one. */
const MOST_CHARACTERS = 65_536;

type Input = NodeJS.ReadableStream & Partial<Pick<ReadStream, "isTTY" | "setRawMode">>;

/** The first line. From a keyboard it is asked for, and not echoed. */
export async function readSecret(input: Input, prompt: Pick<WriteStream, "write">): Promise<string> {
  const isTyped = input.isTTY === true;
  if (isTyped) {
    prompt.write("Secret (it is not shown): ");
    input.setRawMode?.(true);
  }
  try {
    const secret = (await firstLine(input)).trim();
    if (secret === "")
      throw new UsageError("There is no secret on stdin. Pipe it in, or name a variable with --secret-env.");
    return secret;
  } finally {
    input.setRawMode?.(false);
    if (isTyped) prompt.write("\n");
  }
}

async function firstLine(input: Input): Promise<string> {
  let typed = "";
  input.setEncoding("utf8");
  for await (const part of input as AsyncIterable<string>) {
    for (const character of part) {
      if (character === "\r" || character === "\n" || character === "\u0004") return typed;
      if (character === "\u0003") throw new UsageError("Interrupted: nobody was signed in.");
      if (character === "\u007f" && input.isTTY === true) typed = typed.slice(0, -1);
      else typed += character;
    }
    if (typed.length > MOST_CHARACTERS) throw new UsageError("What came on stdin is too long for a secret.");
  }
  return typed;
}
