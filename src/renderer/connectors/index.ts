import { Cable } from "lucide-react";
import { defineView } from "../views/view.ts";
import { ConnectorsView } from "./view.tsx";

export default defineView({
  id: "connectors",
  title: "Connectors",
  icon: Cable,
  place: 10,
  apart: true,
  component: ConnectorsView,
});
