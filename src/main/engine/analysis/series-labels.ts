/** Whose a series is by the labels in its name, as Prometheus, Kubernetes, cAdvisor and Istio label them. */
import { workloadOfPod } from "../formats/support/workload.ts";

/** The most telling one first; of a call, who answered it and so was measured. */
const OWNERS = [
  "service",
  "service_name",
  "service.name",
  "app",
  "app_kubernetes_io_name",
  "destination_service_name",
  "destination_workload",
  "destination_app",
  "workload",
  "deployment",
  "pod",
  "pod_name",
  "container",
  "container_name",
  "job",
];
const PODS: ReadonlySet<string> = new Set(["pod", "pod_name", "kubernetes_pod_name"]);
/** `key="value"`, within text that may itself be quoted once more. */
const LABEL = /([\w.]+)\\?"?\s*[=:]\s*\\?"((?:[^"\\]|\\(?!"))*)\\?"/gu;

/** By key; empty for a bare name. */
export function labelsOf(name: string): ReadonlyMap<string, string> {
  const brace = name.indexOf("{");
  if (brace < 0) return NONE;
  return new Map([...name.slice(brace).matchAll(LABEL)].map(([, key = "", value = ""]) => [key, value]));
}
const NONE: ReadonlyMap<string, string> = new Map();

/** The workload whose pod is measured, null where no label names one. */
export function podOwner(labels: ReadonlyMap<string, string>): string | null {
  for (const key of PODS) {
    const pod = labels.get(key);
    if (pod !== undefined && pod !== "") return workloadOfPod(pod);
  }
  return null;
}

/** Machines and volumes, the most telling label first: what is beneath a disk of a machine is the machine. */
const GROUNDS: readonly (readonly [word: string, keys: readonly string[]])[] = [
  ["node", ["node", "nodename", "node_name", "kubernetes_node", "k8s.node.name", "kubernetes_io_hostname"]],
  ["host", ["host", "hostname", "host_name", "host.name", "machine", "vm", "instance", "exported_instance"]],
  ["volume", ["persistentvolumeclaim", "volumename", "volume", "device", "disk", "mountpoint"]],
];

/** The machine or volume that is measured, as "node ip-10-0-3-7"; null where no label names one. */
export function labelledGround(labels: ReadonlyMap<string, string>): string | null {
  for (const [word, keys] of GROUNDS) {
    for (const key of keys) {
      const value = labels.get(key);
      if (value !== undefined && value !== "") return `${word} ${value}`;
    }
  }
  return null;
}

/** Null where no label names anybody. */
export function labelledOwner(labels: ReadonlyMap<string, string>): string | null {
  for (const key of OWNERS) {
    const value = labels.get(key);
    if (value !== undefined && value !== "") return PODS.has(key) ? workloadOfPod(value) : value;
  }
  return null;
}
