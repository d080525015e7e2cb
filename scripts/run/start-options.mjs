// What stands after `npm start --`.
import { resolve } from "node:path";

/**
 * Paths are meant from where the user called npm; switches we do not know go to the app.
 * @param {readonly string[]} args
 * @param {string} from
 */
export function parseStartOptions(args, from) {
  const switches = args.filter((arg) => arg.startsWith("-") && arg !== "--once" && arg !== "--");
  const screenshot = switches.find((arg) => arg.startsWith("--screenshot="))?.slice("--screenshot=".length);
  return {
    once: args.includes("--once"),
    screenshot: screenshot === undefined ? undefined : resolve(from, screenshot),
    switches: switches.filter((arg) => !arg.startsWith("--screenshot=")),
    paths: args.filter((arg) => !arg.startsWith("-")).map((path) => resolve(from, path)),
  };
}

/** npm runs scripts in the package's folder and keeps the caller's in INIT_CWD. */
export function callersFolder(root, env = process.env, cwd = process.cwd()) {
  return cwd === root && env.INIT_CWD ? env.INIT_CWD : cwd;
}
