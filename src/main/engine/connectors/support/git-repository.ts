/** https://git-scm.com/docs/gitrepository-layout: what a folder must hold for git to take it for a repository. */
export function isBareRepository(names: readonly string[]): boolean {
  return names.includes("HEAD") && names.includes("objects") && names.includes("refs");
}
