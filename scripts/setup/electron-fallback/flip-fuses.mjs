// The stand-in runtime is built for one product: it refuses --inspect (which Playwright needs) and wants a V8 snapshot
// that we leave out. Run as: node flip-fuses.mjs EXECUTABLE
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";

await flipFuses(process.argv[2], {
  version: FuseVersion.V1,
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
});
