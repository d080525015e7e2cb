/**
 * What the usual field names of loggers mean, as one table: pino, bunyan, winston, zap, logrus, structlog, log4j, Serilog,
 * ECS, OpenTelemetry, Docker and Kubernetes, Google Cloud, AWS, journald, MongoDB. ">" nests; dotted spellings
 * of the same path are derived. The first name of a role that an object has wins.
 */
export type Role =
  | "time"
  | "level"
  | "syslogLevel"
  | "otelLevel"
  | "pythonLevel"
  | "mongoLevel"
  | "answer"
  | "message"
  | "wrapped"
  | "service"
  | "loggerName"
  | "container"
  | "pod"
  | "traceId"
  | "spanId"
  | "traceparent"
  | "requestId"
  | "correlationId";

const NAMES: Readonly<Record<Role, string>> = {
  time:
    "@timestamp timestamp eventtime time ts Timestamp @t t>$date datetime date_time asctime _time timestamp_ms timestamp_ns eventTime event_time " +
    "timeUnixNano TimeUnixNano observedTimestamp ObservedTimestamp observedTimeUnixNano __REALTIME_TIMESTAMP " +
    "_SOURCE_REALTIME_TIMESTAMP TIMESTAMP Time date t EdgeStartTimestamp log_time logtime started_at start_time created_at " +
    "timeMillis record>time>timestamp record>time>repr lastTimestamp firstTimestamp metadata>creationTimestamp eventTimestamp TimeGenerated requestReceivedTimestamp stageTimestamp published _messagetime",
  level:
    "level lvl severity severity_text SeverityText severityText log>level loglevel log_level logLevel levelname level_name " +
    "@l LEVEL Level Severity SEVERITY levelName LogLevel record>level>name _loglevel messageType error_severity SeverityLevel severityLevel EventLevelName",
  syslogLevel: "PRIORITY syslog_severity syslog>severity>code log>syslog>severity>code",
  otelLevel: "severity_number SeverityNumber severityNumber",
  pythonLevel: "levelno",
  mongoLevel: "s",
  /** The status of HTTP that an access log states; of Datadog it is the level. */
  answer:
    "status status_code statusCode response_code responseCode http_status http_status_code EdgeResponseStatus http>status_code http>response>status_code " +
    "response>status_code response>status res>statusCode res>status httpRequest>status responseStatus>code http.status_code elb_status_code",
  message:
    "msg message Message @m MSG MESSAGE short_message RenderedMessage record>message event body>stringValue body Body text textPayload " +
    "@message @mt MessageTemplate log_message rendered line full_message resultDescription error>message err>message exception>message note displayMessage requestURI eventName _raw eventMessage operationName>localizedValue operationName>value SyslogMessage RenderedDescription LogMessage LogEntry ResultDescription OuterMessage outerMessage protoPayload>methodName detail-type",
  wrapped: "log",
  service:
    "service service>name service_name serviceName ServiceName svc dd>service resource>service.name resource>attributes>service.name " +
    "Resource>service.name ResourceAttributes>service.name resource_attributes>service.name attributes>service.name Attributes>service.name " +
    "serviceContext>service AppRoleName cloud_RoleName kubernetes>labels>app.kubernetes.io/name kubernetes>labels>app kubernetes>labels>k8s-app " +
    "k8s>labels>app.kubernetes.io/name k8s>labels>app labels>app.kubernetes.io/name labels>service labels>app " +
    "kubernetes>labels>app_kubernetes_io/name kubernetes>labels>app_kubernetes_io_name k8s>deployment>name kubernetes>deployment>name kubernetes>statefulset>name " +
    "resource>labels>service_name application app_name appName appname app component>name spring>application>name application_name _service _app _application " +
    "otelServiceName CONTAINER_NAME SYSLOG_IDENTIFIER _COMM aws>lambda>name protoPayload>serviceName ProcessName",
  loggerName: "name",
  pod: "kubernetes>pod_name kubernetes>pod>name k8s>pod>name k8s_pod_name resource>k8s.pod.name resource>labels>pod_name pod_name pod k8s>pod_name involvedObject>name regarding>name",
  container:
    "kubernetes>container_name kubernetes>container>name k8s>container>name container_name container>name resource>labels>container_name",
  traceId:
    "trace_id traceId TraceId traceID TraceID trace>id dd>trace_id otelTraceID otel>trace_id x-b3-traceid X-B3-TraceId logging.googleapis.com/trace " +
    "trace attributes>trace_id context>trace_id mdc>trace_id mdc>traceId contextMap>traceId contextMap>trace_id @tr _trace_id xrayTraceId xray_trace_id",
  spanId:
    "span_id spanId SpanId spanID SpanID span>id dd>span_id otelSpanID otel>span_id x-b3-spanid X-B3-SpanId logging.googleapis.com/spanId " +
    "attributes>span_id context>span_id mdc>span_id mdc>spanId contextMap>spanId contextMap>span_id @sp _span_id transaction>id",
  traceparent: "traceparent",
  requestId:
    "request_id requestId RequestId requestID RequestID reqId req_id req>id request>id x-request-id X-Request-Id X-Request-ID x_request_id " +
    "http>request>id http>request_id request-id aws_request_id awsRequestId AWSRequestId attributes>request_id attributes>http.request.id " +
    "req>headers>x-request-id request>headers>x-request-id context>request_id mdc>request_id mdc>requestId contextMap>requestId function_request_id " +
    "record>requestId record>extra>request_id _request_id",
  correlationId:
    "correlation_id correlationId CorrelationId correlationID CorrelationID x-correlation-id X-Correlation-Id X-Correlation-ID correlation-id Correlation-ID " +
    "corr_id corrId labels>correlation_id attributes>correlation_id context>correlation_id mdc>correlationId contextMap>correlationId",
};

export const ROLE_LIST = Object.keys(NAMES) as readonly Role[];

/** A set of roles, a bit each. */
export type RoleSet = number;
export const ROLE = Object.fromEntries(ROLE_LIST.map((role, index) => [role, 1 << index])) as Readonly<
  Record<Role, RoleSet>
>;
/** Where the role of a set of one stands in {@link ROLE_LIST}. */
export const roleIndex = (bit: RoleSet): number => 31 - Math.clz32(bit);

/** Objects whose members mean the same as if they stood outside. */
const WRAPPERS =
  "fields @fields jsonPayload attributes Attributes context extra data attr payload Properties _source result";

export interface RoleNode {
  /** One or none. */
  readonly role: RoleSet;
  /** Lower wins within a role. */
  readonly rank: number;
  readonly children: Map<string, RoleNode> | null;
}
interface Draft {
  role: RoleSet;
  rank: number;
  children: Map<string, Draft> | null;
}

/** Members of wrappers rank after everything outside of them. */
const WRAPPED_RANK = 1_000;

function build(): Map<string, RoleNode> {
  const root = new Map<string, Draft>();
  for (const role of ROLE_LIST) addRole(root, role, 0);
  const inner = new Map<string, Draft>();
  for (const role of ROLE_LIST) if (role !== "wrapped") addRole(inner, role, WRAPPED_RANK);
  for (const wrapper of WRAPPERS.split(" ")) {
    const node = nodeOf(root, wrapper);
    node.children = merged(node.children, new Map(inner));
  }
  return root;
}

function addRole(root: Map<string, Draft>, role: Role, base: number): void {
  for (const [index, path] of NAMES[role].split(" ").filter(Boolean).entries()) {
    for (const keys of spellings(path.split(">"))) {
      let at = root;
      for (const [depth, key] of keys.entries()) {
        const node = nodeOf(at, key);
        if (depth === keys.length - 1) {
          if (node.role === 0) Object.assign(node, { role: ROLE[role], rank: base + index });
        } else at = node.children ??= new Map();
      }
    }
  }
}

/** a>b>c is met as {a:{b:{c}}}, {"a.b":{c}}, {a:{"b.c"}} and {"a.b.c"}. */
function spellings(path: readonly string[]): string[][] {
  const [first = "", ...rest] = path;
  if (rest.length === 0) return [[first]];
  return spellings(rest).flatMap((tail) => [
    [first, ...tail],
    [`${first}.${tail[0] ?? ""}`, ...tail.slice(1)],
  ]);
}

function nodeOf(at: Map<string, Draft>, key: string): Draft {
  let node = at.get(key);
  if (node === undefined) at.set(key, (node = { role: 0, rank: 0, children: null }));
  return node;
}

function merged(own: Map<string, Draft> | null, more: Map<string, Draft>): Map<string, Draft> {
  for (const [key, node] of own ?? []) {
    const other = more.get(key);
    more.set(key, other === undefined ? node : { ...node, children: node.children ?? other.children });
  }
  return more;
}

export const ROLES: ReadonlyMap<string, RoleNode> = build();
