// The machine, named beside the numbers: without it they say nothing.
import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

/** @param {string} node version of the runtime that Faultline ran on */
export function machine(node) {
  return {
    model: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    node,
    /** Above the number of cores somebody else was at work too. */
    load: loadavg()[0] ?? 0,
  };
}

/** @param {ReturnType<typeof machine>} of */
export const machineText = ({ model, cores, memoryBytes, system, node, load }) =>
  `${model}, ${cores} cores, ${Math.round(memoryBytes / 2 ** 30)} GiB, ${system}, Node ${node}, load ${load.toFixed(1)} at the start`;
