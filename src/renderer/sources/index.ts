import { Files } from "lucide-react";
import { defineView } from "../views/view.ts";
import { SourceDetail } from "./detail.tsx";
import { SourcesView } from "./view.tsx";

export default defineView({
  id: "sources",
  title: "Sources",
  icon: Files,
  place: 5,
  component: SourcesView,
  details: { source: SourceDetail },
});
