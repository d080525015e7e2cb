/** What the path of a file says of it: whose it is, whether machines run it, where it is in use. */

const INERT =
  /(?:^|\/)(?:docs?|documentation|dashboards?|grafana|runbooks?|tests?|__tests__|spec|testdata|fixtures|examples?|e2e|benchmarks?)\/|(?:_test|_spec|\.test|\.spec|_bench|_fuzz_test)\.[a-z]+$|\.(?:md|rst|adoc|txt|png|jpe?g|svg|gif|drawio)$|(?:^|\/)(?:CODEOWNERS|LICENSE|NOTICE|README|CHANGELOG|\.gitignore|\.editorconfig)(?:\.[a-z]+)?$|(?:^|\/)\.github\/|(?:^|\/)\.(?:golangci|eslintrc|prettierrc|pre-commit-config)[\w.]*$|(?:^|\/)(?:\.gitlab-ci|\.travis|Jenkinsfile|azure-pipelines|\.circleci)/iu;
const MANIFEST =
  /(?:^|\/)(?:go\.(?:mod|sum)|package(?:-lock)?\.json|yarn\.lock|pnpm-lock\.yaml|requirements[\w.-]*\.txt|pyproject\.toml|poetry\.lock|Pipfile(?:\.lock)?|Gemfile(?:\.lock)?|Cargo\.(?:toml|lock)|pom\.xml|build\.gradle(?:\.kts)?|composer\.(?:json|lock)|[\w-]*\.lock)$/iu;
const PRESENTATION = /\.(?:css|scss|sass|less|html?|tmpl|ejs|hbs|mustache|svg|ico|woff2?)$/iu;
const SHARED =
  /(?:^|\/)(?:pkg|libs?|internal|common|shared|core|platform|vendor|packages|modules|infra|base|util|utils|helpers|proto|api|schema|schemas|config|deploy|charts?|terraform|k8s|helm|migrations?|db)\//iu;
const OWNER =
  /(?:^|\/)(?:services?|apps?|cmd|microservices?|components|deploy|charts|functions|workers|jobs)\/(?<owner>[^/]+)\//iu;
/** Places where nobody's customers are. */
const ELSEWHERE = /(?:^|[/_.-])(?:staging|stage|stg|dev|develop|sandbox|qa|uat|preprod|local)(?:[/_.-]|$)/iu;

export const isInert = (path: string): boolean => INERT.test(path) && !MANIFEST.test(path);
export const isManifest = (path: string): boolean => MANIFEST.test(path);
export const isPresentation = (path: string): boolean => PRESENTATION.test(path);
export const isShared = (path: string): boolean => SHARED.test(path) || isManifest(path);
export const isElsewhere = (path: string): boolean => ELSEWHERE.test(path);

/** "searchservice", "search-svc" and "search" are one: letters and digits, without the words that only say "service". */
export const bareService = (name: string): string => {
  const plain = name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  const bare = plain.replace(/(?:microservice|service|svc|server|app|backend|deployment|pod)$/u, "");
  return bare.length >= 3 ? bare : plain;
};

/** Services of the case that a path names, and whether it names one that the case does not know. */
export function ownersOf(
  path: string,
  services: ReadonlyMap<string, string>,
): { readonly known: string[]; readonly stranger: string | null } {
  const known = new Set<string>();
  for (const part of path.split(/[/.]/u).slice(0, -1)) {
    const service = services.get(bareService(part));
    if (service !== undefined) known.add(service);
  }
  const owner = OWNER.exec(path)?.groups?.["owner"];
  const ownService = owner === undefined ? undefined : services.get(bareService(owner));
  if (ownService !== undefined) return { known: [ownService], stranger: null };
  const isOwned = owner !== undefined && /(?:^|\/)(?:services?|apps?|microservices?)\//iu.test(path);
  return { known: [...known], stranger: isOwned && known.size === 0 ? owner : null };
}
