/** Commands that begin a comparison, in every view; and another case has other differences. */
import type { ReactNode } from "react";
import { useRegistered } from "../commands/registry.ts";
import { compareCommands } from "./commands.ts";

export function CompareCommands(): ReactNode {
  useRegistered(compareCommands);
  return null;
}
