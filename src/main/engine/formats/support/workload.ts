/** The workload that a Kubernetes pod belongs to, from its name: "checkout-5b67c48447-fj8b7" is of "checkout". */

const REPLICA_SET_POD = /-[a-z0-9]{6,10}-[a-z0-9]{5}$/;
/** Kubernetes draws suffixes from letters and digits that spell no words. */
const DAEMON_SET_POD = /-[bcdfghjklmnpqrstvwxz2456789]{5}$/;
const ORDINAL = /-\d{1,4}$/;
const CRON_RUN = /-\d{8,10}$/;

const MOST_REMEMBERED = 4_096;
/** Kubernetes allows no longer names; a longer text is not worth remembering. */
const LONGEST_NAME = 253;
const remembered = new Map<string, string>();

export function workloadOfPod(pod: string): string {
  if (pod.length > LONGEST_NAME) return pod;
  let workload = remembered.get(pod);
  if (workload === undefined) {
    workload = strip(pod);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(pod, workload);
  }
  return workload;
}

function strip(pod: string): string {
  const replica = REPLICA_SET_POD.exec(pod);
  if (replica !== null && replica.index > 0 && /\d/.test(replica[0])) return pod.slice(0, replica.index);
  const stem = pod.replace(DAEMON_SET_POD, "") || pod;
  if (stem !== pod) return stem.replace(CRON_RUN, "") || stem;
  return pod.replace(ORDINAL, "") || pod;
}
