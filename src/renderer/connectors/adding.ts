/** The Prometheus server that is being added; kept while another view is shown. */
import { create } from "zustand";
import { useCase } from "../state/case.ts";
import { showView } from "../state/layout.ts";
import type { PrometheusForm } from "./prometheus.ts";

export const useAdding = create<{ readonly form: PrometheusForm | null }>(() => ({ form: null }));

const isoOf = (micros: number): string => new Date(micros / 1_000).toISOString().replace(/\.\d+Z$/u, "Z");

/** Opens the form; its window is that of the case, for it is the incident's. */
export function addPrometheus(): void {
  const { info } = useCase.getState();
  const isTimed = info !== null && info.from !== null && info.to !== null && info.to > info.from;
  useAdding.setState(({ form }) => ({
    form: form ?? {
      url: "",
      queries: "",
      start: isTimed ? isoOf(info.from ?? 0) : "-1h",
      end: isTimed ? isoOf((info.to ?? 0) + 1_000_000) : "now",
      step: "15s",
    },
  }));
  showView("connectors");
}

export function changeForm(change: Partial<PrometheusForm>): void {
  useAdding.setState(({ form }) => ({ form: form && { ...form, ...change } }));
}

export const stopAdding = (): void => useAdding.setState({ form: null });
