/** Where a command writes: results to stdout, progress and complaints to stderr. */
import { once } from "node:events";

export interface Terminal {
  /** Waits while the reader of a pipe is slow. */
  print(text: string): Promise<void>;
  printJson(value: unknown): Promise<void>;
  complain(message: string): void;
  /** A line of a log, as it is. */
  log(line: string): void;
  /** One line that is written over and over; nothing when stderr is not a terminal. */
  progress(line: string): void;
  /** Takes the progress line away. */
  endProgress(): void;
}

export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  // Whoever reads our output may close it early ("| head"): that is no failure.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  let shown = false;
  const print = async (text: string): Promise<void> => {
    if (!stdout.write(text)) await once(stdout, "drain");
  };
  return {
    print,
    printJson: (value) => print(`${JSON.stringify(value)}\n`),
    log: (line) => void stderr.write(line),
    complain: (message) => void stderr.write(`faultline: ${message}\n`),
    progress: (line) => {
      if (!stderr.isTTY) return;
      stderr.write(`\r\u001b[K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
      shown = true;
    },
    endProgress: () => {
      if (shown) stderr.write("\r\u001b[K");
      shown = false;
    },
  };
}
