import { MailX } from "lucide-react";
import { defineView } from "../views/view.ts";
import { DeadLetterDetail } from "./detail.tsx";
import { DeadLettersView } from "./view.tsx";

export default defineView({
  id: "dead-letters",
  title: "Dead letters",
  icon: MailX,
  place: 8,
  component: DeadLettersView,
  badge: ({ deadLetters }) => ({ count: deadLetters, attention: deadLetters > 0 }),
  details: { "dead-letter": DeadLetterDetail },
});
