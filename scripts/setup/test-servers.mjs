// The real servers that connectors are tested against. Only the checks want them: nobody who starts the window gets a
// server installed. Without one, its test is skipped and says so.
import { readStamp, writeStamp } from "./stamp.mjs";
import { installPackages, isDebian, stateOf } from "./system-libraries.mjs";

const servers = ["prometheus"];

export const testServers = {
  isCurrent: () => !isDebian() || readStamp("test-servers") === stateOf(servers),

  async bring() {
    await installPackages(servers);
    writeStamp("test-servers", stateOf(servers));
  },
};
