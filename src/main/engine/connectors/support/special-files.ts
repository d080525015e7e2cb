/** What lies at a path and is no file, though it can be opened. */
import { constants, type BigIntStats } from "node:fs";
import { FailureError } from "../../../../shared/failure.ts";

/** Without O_NONBLOCK the open of a pipe that nobody writes to would never return. */
export const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Sockets, pipes and devices have no end and no beginning: reading them can hang or change something. */
export function refuseSpecial(path: string, stats: BigIntStats): void {
  if (stats.isFile()) return;
  const what = stats.isSocket()
    ? "a socket"
    : stats.isFIFO()
      ? "a named pipe"
      : stats.isCharacterDevice() || stats.isBlockDevice()
        ? "a device"
        : stats.isDirectory()
          ? "a folder"
          : "neither a file nor a folder";
  throw new FailureError(
    "not-a-file",
    `${path} is ${what}; only files and folders can be read. Save its content to a file and open that.`,
  );
}
