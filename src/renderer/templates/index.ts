import { LetterText } from "lucide-react";
import { defineView } from "../views/view.ts";
import { followMuted } from "./muted.ts";
import { TemplatePanel } from "./template-panel.tsx";
import { TemplatesView } from "./view.tsx";

// What is muted is left out of every list, whichever view is shown.
followMuted();

export default defineView({
  id: "templates",
  title: "Templates",
  icon: LetterText,
  place: 5,
  component: TemplatesView,
  details: { template: TemplatePanel },
});
