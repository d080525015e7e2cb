/** Starts the window: settings of the eye first (no flash of the wrong theme), then the workbench. */
import { CSPProvider } from "@base-ui/react/csp-provider";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { followSettings, tellProblems } from "./settings/store.ts";
import { startCase } from "./state/case.ts";
import { followAppearance, followWidth } from "./state/layout.ts";
import "./ui/theme.css";
import "./ui/ui.css";

followAppearance(document.documentElement);
followWidth();
void startCase();
void tellProblems();
followSettings();

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <App />
    </CSPProvider>
  </StrictMode>,
);
