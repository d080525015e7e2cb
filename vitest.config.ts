// Unit tests run sources; integration tests run the built engine too, because worker threads are files in out/main/.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        // Property tests of a second take many on a machine that does other things.
        test: { name: "unit", include: ["test/unit/**/*.test.{ts,tsx}"], testTimeout: 60_000 },
      },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          globalSetup: ["test/build-engine.ts"],
          // Threads and processes on a machine that does other things: what fails once and passes then is told as retried.
          retry: process.env["CI"] ? 1 : 0,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
