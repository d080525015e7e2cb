import { House } from "lucide-react";
import { defineView } from "../views/view.ts";
import { StartView } from "./view.tsx";

export default defineView({ id: "start", title: "Start", icon: House, place: 0, component: StartView });
