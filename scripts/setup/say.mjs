// Set-up speaks in single plain lines. Quiet means: on stderr, so that a command's own output stays clean.
let toStderr = false;

export function speakOnStderr() {
  toStderr = true;
}

/** @param {string} line */
export function say(line) {
  (toStderr ? process.stderr : process.stdout).write(`${line}\n`);
}
