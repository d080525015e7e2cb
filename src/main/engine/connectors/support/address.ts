/** Addresses beside paths: "SCHEME:http://…". A path of that name is reached as "./SCHEME:…". */
export const hasScheme = (path: string, scheme: string): boolean => path.startsWith(`${scheme}:`);

/**
 * An address that was refused, so that it can be shown: it may be refused because of where a name and a password stand
 * in it, so all before the last "@" goes, and the value of whatever sounds like a secret.
 */
export const withoutSecrets = (address: string): string =>
  address
    .replace(/\/\/.*@/su, "//")
    .replace(/(?<name>[?&][^=&]*(?:token|pass|secret|key|auth)[^=&]*=)[^&#]*/giu, "$<name>…");
