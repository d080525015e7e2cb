/** What the labels of a metric's series say of the service that it is about. */
import { type JsonObject, textOf } from "../json/value.ts";
import { workloadOfPod } from "../workload.ts";

export function serviceOfLabels(labels: JsonObject): string | null {
  const pod = textOf(labels, ["pod", "pod_name", "kubernetes_pod_name"]);
  return (
    textOf(labels, ["service", "service_name", "app", "app_kubernetes_io_name", "job"]) ??
    (pod === undefined ? undefined : workloadOfPod(pod)) ??
    textOf(labels, ["container", "container_name", "service.name", "kube_deployment", "deployment"]) ??
    textOf(labels, ["ServiceName", "FunctionName"]) ??
    null
  );
}
