/** "connector:target", as breakers, logs and the command line name a target. A connector's id has no colon in it. */
export function splitName(name: string): { readonly connector: string; readonly target: string } {
  const colon = name.indexOf(":");
  return colon === -1
    ? { connector: name, target: "" }
    : { connector: name.slice(0, colon), target: name.slice(colon + 1) };
}
