import { Crosshair } from "lucide-react";
import { useCase } from "../state/case.ts";
import { defineView } from "../views/view.ts";
import { forgetVerdict } from "./store.ts";
import { SuspectSearch } from "./search.tsx";
import { SuspectsView } from "./view.tsx";

useCase.subscribe(({ info }, before) => {
  if (info?.file !== before.info?.file) forgetVerdict();
});

export default defineView({
  id: "suspects",
  title: "Suspects",
  icon: Crosshair,
  place: 2,
  component: SuspectsView,
  companion: SuspectSearch,
});
