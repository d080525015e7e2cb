/** Saves or copies the report of the incident, as far as it is known now. */
import { gatherFacts } from "../../shared/report/facts.ts";
import type { ReportFormat } from "../../shared/report/formats.ts";
import { makeReport, type Report } from "../../shared/report/report.ts";
import { writeReport } from "../../shared/report/write.ts";
import { call } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { attempt, notify } from "../state/notices.ts";
import { useZone } from "../state/zone.ts";
import { useSuspects } from "../suspects/store.ts";

async function reportOfCase(): Promise<Report | null> {
  const { info } = useCase.getState();
  if (info === null) return null;
  const facts = await gatherFacts(
    {
      events: (input) => call("events.list", input),
      place: (ref) => call("records.detail", { ref }),
      sources: () => call("sources.list", undefined),
    },
    { info, zone: useZone.getState().zone, verdict: useSuspects.getState().verdict },
  );
  return makeReport(facts);
}

/** @param format what the dialog proposes; the name that the person gives the file decides. */
export function saveReport(format: ReportFormat = "markdown"): void {
  attempt(async () => {
    const report = await reportOfCase();
    if (report === null) return;
    const { markdown, html, json } = writeReport;
    const texts = { markdown: markdown(report), html: html(report), json: json(report) };
    const file = await call("app.saveReport", { name: `${report.title} report`, format, texts });
    if (file !== null) notify("info", `The report was written to ${file}.`);
  });
}

export function copyReport(): void {
  attempt(async () => {
    const report = await reportOfCase();
    if (report === null) return;
    await navigator.clipboard.writeText(writeReport.markdown(report));
    notify("info", "The report was copied as Markdown.");
  });
}
