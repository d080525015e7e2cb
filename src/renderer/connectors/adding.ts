/** The Prometheus server that is being added; kept while another view is shown. */
import { create } from "zustand";
import { useCase } from "../state/case.ts";
import { homeOf } from "../state/home.ts";
import { showView } from "../state/layout.ts";
import type { PrometheusForm } from "./prometheus.ts";

export const useAdding = create<{ readonly form: PrometheusForm | null }>(() => ({ form: null }));

const isoOf = (micros: number): string => new Date(micros / 1_000).toISOString().replace(/\.\d+Z$/u, "Z");

/** Opens the form; its window is that of the case, for it is the incident's. */
export function addPrometheus(): void {
  const home = homeOf(useCase.getState().info);
  const window = home !== null && home.to > home.from ? home : null;
  useAdding.setState(({ form }) => ({
    form: form ?? {
      url: "",
      queries: "",
      start: window === null ? "-1h" : isoOf(window.from),
      end: window === null ? "now" : isoOf(window.to + 1_000_000),
      step: "15s",
    },
  }));
  showView("connectors");
}

export function changeForm(change: Partial<PrometheusForm>): void {
  useAdding.setState(({ form }) => ({ form: form && { ...form, ...change } }));
}

export const stopAdding = (): void => useAdding.setState({ form: null });
