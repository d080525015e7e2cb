/** The first screen: where to drop, what was open before, what can be read. */
import { FileInput, FilePlus2, FolderOpen, History, Lock } from "lucide-react";
import type { ReactNode } from "react";
import { call } from "../bridge.ts";
import { addPrometheus } from "../connectors/adding.ts";
import { chooseAndOpen, createCase, useCase } from "../state/case.ts";
import { attempt } from "../state/notices.ts";
import { useQuery } from "../state/query.ts";
import { Button } from "../ui/button.tsx";
import { shortTitles } from "./titles.ts";
import { RecentCases } from "./recent-cases.tsx";
import "./start.css";

export function StartView(): ReactNode {
  const app = useCase((state) => state.app);
  const samplePath = app?.samplePath;
  return (
    <div className="start">
      <div className="start-column">
        <section className="start-drop" aria-label="Open" data-pane="start">
          <FileInput size={32} strokeWidth={1.25} aria-hidden />
          <h1>Drop logs, metrics, traces, deploys, commits, CI results</h1>
          <p>Files, folders, archives and git repositories become one timeline.</p>
          <div className="start-actions">
            <Button
              tone="primary"
              large
              icon={FilePlus2}
              data-main
              onClick={() => attempt(() => chooseAndOpen("files"))}
            >
              Open files…
            </Button>
            <Button large icon={FolderOpen} onClick={() => attempt(() => chooseAndOpen("folder"))}>
              Open folder…
            </Button>
            <Button large icon={History} onClick={() => attempt(() => chooseAndOpen("case"))}>
              Open a case…
            </Button>
          </div>
          <div className="start-links">
            {samplePath !== undefined && (
              <button type="button" className="link" onClick={() => attempt(() => createCase([samplePath]))}>
                Open the sample incident
              </button>
            )}
            <button type="button" className="link" onClick={addPrometheus}>
              Read metrics of a Prometheus server…
            </button>
          </div>
        </section>
        {app !== null && app.recent.length > 0 && <RecentCases recent={app.recent} />}
        <footer className="start-foot">
          <Lock size={13} aria-hidden />
          <div>
            <p>Nothing leaves this machine: there is no account, and no server but those that you name.</p>
            <KnownFormats />
          </div>
        </footer>
      </div>
    </div>
  );
}

function KnownFormats(): ReactNode {
  const { data } = useQuery("formats", () => call("formats.list", undefined));
  if (data === null || data.length === 0) return null;
  return <p>Reads {shortTitles(data.map(({ title }) => title)).join(" · ")}</p>;
}
