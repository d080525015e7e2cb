// The versions that a case can have, newest last.
import { numberedMigrations } from "./migrate.ts";

export const CASE_MIGRATIONS = numberedMigrations(
  import.meta.glob<string>("./migrations/*.sql", { query: "?raw", import: "default", eager: true }),
);
