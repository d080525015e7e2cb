/**
 * Tells a disk from a network mount, for one question: may an input/output error pass by itself? On a mount it does once
 * the server is back; a disk that reports one is dying, and each further try may cost it more. Only Linux numbers its
 * kinds of file systems for everybody; elsewhere, and where nobody answers, an error is taken for one that may pass.
 */
import { statfs } from "node:fs/promises";
import { FailureError } from "../../../../shared/failure.ts";
import type { Run } from "../../../../shared/run.ts";
import { errorCode } from "./file-failure.ts";

export type MountKind = "network" | "disk" | "unknown";

/**
 * File systems that others serve: f_type of statfs(2), numbers of Linux' include/uapi/linux/magic.h and, where that has
 * none, of the table in coreutils' src/stat.c. FUSE counts: what a process serves can be mended, as sshfs can.
 */
const SERVED: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB 2 and 3
  0x01021997, // 9p
  0x65735546, // FUSE
  0x5346414f, // OpenAFS
  0x6b414653, // the kernel's own AFS
  0x73757245, // Coda
  0x564c, // NCP
  0x00c36400, // Ceph
  0x7461636f, // OCFS2
  0x01161970, // GFS2
  0x0bd00bd0, // Lustre
  0x47504653, // GPFS
  0x19830326, // BeeGFS
  0x786f4256, // folders shared by VirtualBox
  0xbacbacbc, // … by VMware
  0x7c7c6013, // … by Parallels
]);

/** Of a type as statfs gives it, which some systems sign. */
export function mountKindOf(type: number, platform: NodeJS.Platform): MountKind {
  if (platform !== "linux") return "unknown";
  return SERVED.has(type >>> 0) ? "network" : "disk";
}

/** Ends the attempts of a call that met an input/output error of a disk: fails with "disk-error" then. */
export const sparingDisks =
  (run: Run, kindOf?: (path: string) => Promise<MountKind>): Run =>
  (call, action, signal, fallback) =>
    run(
      call,
      async (attempt, access) => {
        try {
          return await action(attempt, access);
        } catch (thrown) {
          if (errorCode(thrown) !== "EIO" || (await (kindOf ?? askSystem)(call.target)) !== "disk") throw thrown;
          throw new FailureError(
            "disk-error",
            `${call.target}: the disk reported an error, which does not pass by itself. Copy what can be read to another disk and open it there.`,
            { cause: thrown },
          );
        }
      },
      signal,
      fallback,
    );

async function askSystem(path: string): Promise<MountKind> {
  try {
    return mountKindOf((await statfs(path)).type, process.platform);
  } catch {
    return "unknown";
  }
}
