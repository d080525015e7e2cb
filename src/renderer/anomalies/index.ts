import { Activity } from "lucide-react";
import { register } from "../commands/registry.ts";
import { useCase } from "../state/case.ts";
import { defineView } from "../views/view.ts";
import { AnomalyPanel } from "./anomaly-panel.tsx";
import { globalCommands } from "./commands.ts";
import { forgetAnomalies } from "./store.ts";
import { AnomaliesView } from "./view.tsx";

// Previous and next work in every view, so they do not come and go with this one.
register(globalCommands);
useCase.subscribe(({ info }, before) => {
  if (info?.file !== before.info?.file) forgetAnomalies();
});

export default defineView({
  id: "anomalies",
  title: "Anomalies",
  icon: Activity,
  place: 3,
  component: AnomaliesView,
  badge: (info) => ({ count: info.anomalies, attention: true }),
  details: { anomaly: AnomalyPanel },
});
