/** Addresses beside paths: "SCHEME:http://…". A path of that name is reached as "./SCHEME:…". */
export const hasScheme = (path: string, scheme: string): boolean => path.startsWith(`${scheme}:`);

/** What stands between "//" and "@" is a name and a password. */
export const withoutSecrets = (address: string): string => address.replace(/\/\/[^/?#]*@/u, "//");
