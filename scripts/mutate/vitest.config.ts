// What runs against each mutant: the tests of the resilience layer alone.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["test/unit/resilience/**/*.test.ts"] } });
