// ripgrep and grep: they keep nothing, so each search reads the whole file, from memory where the system has it there.
import { findOnPath } from "../../setup/paths.mjs";
import { measuredProcess } from "../measured-process.mjs";
import { searches } from "../questions.mjs";

/** ripgrep takes all cores for many files and one for a single file, which is its own choice. */
export const ripgrep = lineSearch("ripgrep", "rg", "ripgrep", ["--no-config", "--count"], []);
/** Bytes instead of characters: its fastest way, and right for the ASCII of the input. */
export const grep = lineSearch("grep", "grep", "grep", ["--count", "--text"], ["--extended-regexp"]);

/** @param {string} name @param {string} command @param {string} debianPackage @param {readonly string[]} switches @param {readonly string[]} regex @returns {import("./contender.mjs").Contender} */
function lineSearch(name, command, debianPackage, switches, regex) {
  const ways = { exact: ["--fixed-strings"], "any-case": ["--fixed-strings", "--ignore-case"], regex };
  return {
    name,
    debianPackage,
    absent: async () =>
      findOnPath(command) === undefined ? `install ${name}, on Debian with apt-get install ${debianPackage}` : null,
    async run({ jsonLines }) {
      const samples = [];
      /** @type {Record<string, number>} */
      const answers = {};
      for (const { id, text, how } of searches(jsonLines.rare)) {
        const args = [...switches, ...ways[how], "--", text, jsonLines.path];
        const { ms, output } = await measuredProcess(command, args, { env: { LC_ALL: "C" }, okCodes: [0, 1] });
        samples.push({ input: /** @type {const} */ ("lines"), measure: id, value: ms });
        answers[id] = Number(output);
      }
      return { samples, answers };
    },
  };
}
