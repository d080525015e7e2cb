import { Waypoints } from "lucide-react";
import { register } from "../commands/registry.ts";
import { useCase } from "../state/case.ts";
import { defineView } from "../views/view.ts";
import { globalCommands } from "./commands.ts";
import { forgetComparison } from "./compare/store.ts";
import { forgetTraces } from "./store.ts";
import { forgetTracePages } from "./trace-pages.ts";
import { TracesView } from "./view.tsx";

// "Trace of this" works in every view, so it does not come and go with this one.
register(globalCommands);
useCase.subscribe(({ info }, before) => {
  if (info?.file === before.info?.file) return;
  forgetTraces();
  forgetComparison();
  forgetTracePages();
});

export default defineView({ id: "traces", title: "Traces", icon: Waypoints, place: 4, component: TracesView });
