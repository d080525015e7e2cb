/** Cluster events, one a line. https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
import { isoSeconds } from "../clock.mjs";
import { NAMESPACE } from "../names.mjs";
import { quoted } from "./fields.mjs";

/** @type {import('./index.mjs').Dialect} */
export default {
  id: "events",
  extension: "jsonl",
  json: true,
  multiline: false,
  comments: false,
  render: ({ t, level, pod, message, fields }) =>
    `{"kind":"Event","apiVersion":"v1","type":"${level > 1 ? "Warning" : "Normal"}","reason":"${fields[0]}","involvedObject":{"kind":"${fields[1]}","namespace":"${NAMESPACE}","name":"${fields[1] === "Pod" ? pod.name : fields[2]}"},` +
    `"message":${quoted(message)},"source":{"component":"${fields[1] === "Pod" ? "kubelet" : "deployment-controller"}"},"lastTimestamp":"${isoSeconds(t)}","count":1}`,
};
