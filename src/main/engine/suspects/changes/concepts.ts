/**
 * The ways in which systems fail, in the field's own words: what such a failure says and what the change that brings it
 * about speaks of. They link texts that share no word ("acquire timed out" and `maxConns`). No names of products' own
 * errors beyond those that every engineer knows, none of services.
 */

export interface Concept {
  readonly id: string;
  /** As a reader is told: "the connection pool". */
  readonly title: string;
  /** In errors, names of metrics, alerts. */
  readonly symptom: RegExp;
  /** In messages, paths and diffs of changes. */
  readonly cause: RegExp;
}

export const CONCEPTS: readonly Concept[] = [
  {
    id: "pool",
    title: "a pool of connections or workers",
    symptom:
      /\bpool|acquir\w* (?:a )?conn|too many (?:clients|connections)|max.?conn|connection (?:limit|slots)|exhausted/iu,
    cause:
      /pool|max_?(?:open_?|idle_?)?conn|max_?(?:clients|workers|active)|semaphore|acquire_?timeout|min_?idle|conn\w*\.close|defer \w+\.close|release\(/iu,
  },
  {
    id: "memory",
    title: "memory",
    symptom: /out of memory|oom|heap|memory|rss\b|working_set|gc[_ ](?:pause|overhead)|cannot allocate|evicted/iu,
    cause:
      /memory|heap|cache\b|buffer|append\(|\bpush\(|unbounded|evict|retain|leak|xmx|global|singleton|weakref|max_?(?:size|entries)|limits?:/iu,
  },
  {
    id: "threads",
    title: "threads or goroutines",
    symptom: /goroutine|threads?\b|thread.?pool|too many open files|file descriptor|\bfds?\b|handles/iu,
    cause:
      /\bgo func|goroutine|thread|executor|worker|spawn|ticker|defer|\.close\(|context\.(?:background|withcancel|withtimeout)|cancel\(/iu,
  },
  {
    id: "cpu",
    title: "the processor",
    symptom: /\bcpu|throttl|load.?average|saturat|event.?loop|hot.?loop/iu,
    cause:
      /regex|regexp|\bfor\b|while|sort|hash|bcrypt|cost|rounds|encrypt|compress|serializ|marshal|json|parse|backtrack|busy|spin|poll|recurs|limits?:|cpu/iu,
  },
  {
    id: "timeout",
    title: "time limits",
    symptom:
      /time(?:d)?[ -]?out|deadline exceeded|context (?:deadline|cancell?ed)|canceling statement|took too long|\bslow\b/iu,
    cause: /time_?out|deadline|timelimit|max_?wait|keep_?alive|idle/iu,
  },
  {
    id: "retry",
    title: "retries",
    symptom: /retr(?:y|ies|ying)|attempt \d|backoff|circuit|breaker|amplif|storm|thundering/iu,
    cause: /retr(?:y|ies)|attempts?|backoff|jitter|circuit|breaker|max_?tries|resilien|threshold|half_?open/iu,
  },
  {
    id: "query",
    title: "queries of a data store",
    symptom:
      /slow query|seq(?:uential)? ?scan|full (?:table|collection) scan|quer(?:y|ies)|statement|rows[_ ](?:read|examined)|n\+1|\bsql\b|db_|database/iu,
    cause:
      /select\b|where\b|join\b|index\b|query|queries|\.find|findall|fetch|preload|eager|lazy|\borm\b|repository|sql|batch|\bin \(|limit \d|order by/iu,
  },
  {
    id: "cache",
    title: "a cache",
    symptom: /cache|hit[_ ]?(?:ratio|rate)|\bmiss(?:es)?\b|evict|stampede|ttl/iu,
    cause: /cache|ttl|expir|evict|memo|redis|memcache|invalidat|max_?age|warm/iu,
  },
  {
    id: "lock",
    title: "locks",
    symptom:
      /dead ?lock|lock (?:wait|timeout)|lock_|could not obtain lock|contention|mutex|blocked|serializ\w+ failure/iu,
    cause: /lock|mutex|transaction|\btx\b|begin\b|for update|alter table|synchronized|atomic|isolation|migration/iu,
  },
  {
    id: "auth",
    title: "sign-in and permissions",
    symptom:
      /unauthori[sz]ed|forbidden|\b40[13]\b|jwt|token|signature|credential|permission|access denied|expired|invalid (?:key|audience|issuer)|login/iu,
    cause:
      /auth|jwt|token|claims|expir|leeway|skew|issuer|audience|secret|credential|permission|policy|\brole|scope|signature|verify|session|cookie|login/iu,
  },
  {
    id: "certificate",
    title: "certificates",
    symptom: /x509|certificate|\btls\b|\bssl\b|handshake|unknown authority|cert_/iu,
    cause: /cert|\btls\b|\bssl\b|x509|\bca\b|truststore|keystore|cipher|mtls|handshake|rotat/iu,
  },
  {
    id: "name",
    title: "names and addresses of hosts",
    symptom:
      /no such host|enotfound|lookup |resolv|servfail|nxdomain|name.?server|\bdns\b|connection refused|econnrefused|unreachable|no route/iu,
    cause:
      /\bdns\b|resolv|host|endpoint|\burl\b|\bport\b|address|ndots|nameserver|upstream|discovery|ingress|listen|bind|network.?policy|egress/iu,
  },
  {
    id: "disk",
    title: "disk space",
    symptom: /no space left|disk|enospc|inode|read-only file ?system|volume|quota exceeded/iu,
    cause: /disk|volume|rotat|retention|log.?level|level:|debug|verbos|sampl|wal\b|compact|tmp|temp|persist/iu,
  },
  {
    id: "queue",
    title: "a queue or stream",
    symptom: /consumer|lag\b|backlog|partition|offset|rebalanc|dead.?letter|poison|queue|unacked|redeliver|\btopic/iu,
    cause:
      /consumer|producer|partition|offset|topic|queue|commit|ack\b|prefetch|batch|concurren|rebalanc|max_?poll|subscri|dead.?letter/iu,
  },
  {
    id: "schema",
    title: "the shape of data",
    symptom:
      /unknown (?:field|column|property)|no such column|column .* does not exist|mapping|unmarshal|deseriali[sz]|cannot parse|parse[_ ]?(?:error|exception)|schema|missing (?:field|property|required)|unexpected (?:token|type|end)|invalid (?:type|value|json|enum)|cannot (?:read propert|convert|cast)|type mismatch|decode|validation/iu,
    cause:
      /schema|mapping|migration|column|alter table|rename|proto|field|json:"|serializ|unmarshal|decode|parse|dto|enum|required|nullable|not null|omitempty|version|struct/iu,
  },
  {
    id: "null",
    title: "a missing value",
    symptom:
      /nil pointer|null ?pointer|npe\b|undefined is not|of (?:undefined|null)|nonetype|segfault|sigsegv|index out of (?:range|bounds)|panic|keyerror|attributeerror|typeerror|unwrap/iu,
    cause: /nil|null|undefined|none\b|optional|default|\bor\b|\?\?|guard|if err|unwrap|\[0\]|find\(|get\(|lookup/iu,
  },
  {
    id: "rate-limit",
    title: "rate limits and quotas",
    symptom: /\b429\b|rate.?limit|too many requests|quota|throttl|limit exceeded/iu,
    cause: /rate.?limit|quota|throttl|burst|tokens? per|bucket|qps|rps|per_?(?:second|minute)|limiter/iu,
  },
  {
    id: "size",
    title: "the size of messages",
    symptom:
      /too large|payload|entity|\b413\b|message (?:larger|size)|max.?(?:size|body|message)|truncat|overflow|resource_exhausted/iu,
    cause:
      /max_?(?:size|body|message|recv|send|bytes|length)|payload|embed|attach|base64|limit|chunk|gzip|compress|truncat|int32|overflow|uint/iu,
  },
  {
    id: "clock",
    title: "times and zones",
    symptom: /clock|skew|expired|not yet valid|time.?zone|\butc\b|\bdst\b|in the (?:future|past)|stale/iu,
    cause: /clock|skew|leeway|time.?zone|\butc\b|location|\.now\(|expir|nbf|ttl|duration|date/iu,
  },
  {
    id: "money",
    title: "amounts and their rounding",
    symptom: /amount|currency|total|mismatch|rounding|precision|negative|balance|price|discount|tax\b|decimal/iu,
    cause: /amount|currency|round|precision|float|decimal|cents|price|discount|tax\b|rate\b|math\./iu,
  },
  {
    id: "start",
    title: "starting up and health checks",
    symptom:
      /crash ?loop|back-?off restarting|restart|liveness|readiness|health.?check|probe|exit(?:ed)? (?:code|status)|not ready|startup|image ?pull/iu,
    cause:
      /liveness|readiness|probe|health|startup|initial_?delay|entrypoint|command:|image:|base image|dockerfile|env\b|required|config|graceful|sigterm/iu,
  },
  {
    id: "balance",
    title: "spreading of load",
    symptom: /imbalanc|hot.?(?:spot|shard|key|partition)|no healthy (?:upstream|backend)|\b50[234]\b|upstream/iu,
    cause: /balanc|shard|hash|sticky|weight|replicas?\b|autoscal|\bhpa\b|affinity|route|ingress|canary|min_?replicas/iu,
  },
];

/** Ids of the concepts whose `side` a text speaks of. */
export function conceptsOf(text: string, side: "symptom" | "cause"): Set<string> {
  return new Set(CONCEPTS.filter((concept) => concept[side].test(text)).map(({ id }) => id));
}

export const conceptTitle = (id: string): string => CONCEPTS.find((concept) => concept.id === id)?.title ?? id;
