import { Settings } from "lucide-react";
import { defineView } from "../views/view.ts";
import { SettingsView } from "./view.tsx";

export default defineView({
  id: "settings",
  title: "Settings",
  icon: Settings,
  place: 11,
  keys: ["$mod+,"],
  apart: true,
  component: SettingsView,
});
