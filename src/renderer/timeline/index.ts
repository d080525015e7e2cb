import { ChartNoAxesGantt } from "lucide-react";
import { EventDetail } from "../detail/event.tsx";
import { RecordDetail } from "../detail/record.tsx";
import { defineView } from "../views/view.ts";
import { TimelineView } from "./view.tsx";

export default defineView({
  id: "timeline",
  title: "Timeline",
  icon: ChartNoAxesGantt,
  place: 1,
  component: TimelineView,
  details: { record: RecordDetail, event: EventDetail },
});
