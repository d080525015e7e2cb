import { Files } from "lucide-react";
import { useCase } from "../state/case.ts";
import { forgetClocks } from "../state/clocks.ts";
import { defineView } from "../views/view.ts";
import { ClockWatch } from "./clocks.tsx";
import { SourceDetail } from "./detail.tsx";
import { SourcesView } from "./view.tsx";

useCase.subscribe(({ info }, before) => {
  if (info?.file !== before.info?.file) forgetClocks();
});

export default defineView({
  id: "sources",
  title: "Sources",
  icon: Files,
  place: 9,
  component: SourcesView,
  companion: ClockWatch,
  details: { source: SourceDetail },
});
