import { GitCompareArrows } from "lucide-react";
import { useCase } from "../state/case.ts";
import { defineView } from "../views/view.ts";
import { CompareCommands } from "./companion.tsx";
import { forgetComparison } from "./store.ts";
import { CompareView } from "./view.tsx";

useCase.subscribe(({ info }, before) => {
  if (info?.file !== before.info?.file) forgetComparison();
});

export default defineView({
  id: "compare",
  title: "Compare",
  icon: GitCompareArrows,
  place: 6,
  keys: ["d"],
  component: CompareView,
  companion: CompareCommands,
});
