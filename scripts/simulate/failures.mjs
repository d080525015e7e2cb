/** How things fail: an error's type, message and stack in the language of the service that throws it. */

/**
 * @typedef {import('./topology.mjs').Service} Service
 * @typedef {{ id: string, status: number, text: (service: Service) => [type: string, message: string], stack: boolean, silent?: boolean }} Template
 * @typedef {{ template: Template | null, type: string, message: string, status: number, caused: boolean, stack: string[] | null, silent: boolean }} Failure
 */

const camel = (/** @type {string} */ text) => text.replace(/[- ](\w)/g, (_, c) => c.toUpperCase());
const pascal = (/** @type {string} */ text) => camel(text).replace(/^\w/, (c) => c.toUpperCase());
const base = (/** @type {Service} */ service) => service.name.replace(/-service$/, "");
const byLanguage =
  (/** @type {Record<string, (s: Service) => [string, string]>} */ table) => (/** @type {Service} */ s) =>
    (table[s.language] ?? table.go)(s);

export const FAILURES = /** @type {const} */ ({
  exception: {
    id: "exception",
    status: 500,
    stack: true,
    text: byLanguage({
      java: (s) => [
        "java.lang.NullPointerException",
        `Cannot invoke "com.northwind.${base(s).replace(/-/g, "")}.${pascal(s.noun)}Policy.limits()" because "policy" is null`,
      ],
      python: () => ["AttributeError", "'NoneType' object has no attribute 'limits'"],
      node: () => ["TypeError", "Cannot read properties of undefined (reading 'limits')"],
      go: () => ["runtime.Error", "runtime error: invalid memory address or nil pointer dereference"],
    }),
  },
  flagged: {
    id: "flagged",
    status: 500,
    stack: true,
    text: byLanguage({
      java: (s) => ["java.lang.IllegalStateException", `no strategy registered for ${camel(s.noun)} mode v2`],
      python: (s) => ["KeyError", `'${camel(s.noun)}_mode_v2'`],
      node: (s) => ["RangeError", `Unknown ${s.noun} mode: v2`],
      go: (s) => ["errors.errorString", `no handler for ${s.noun} mode v2`],
    }),
  },
  pool: {
    id: "pool",
    status: 503,
    stack: true,
    text: byLanguage({
      java: () => [
        "java.sql.SQLTransientConnectionException",
        "HikariPool-1 - Connection is not available, request timed out after 900ms (total=4, active=4, idle=0, waiting=38)",
      ],
      python: () => [
        "sqlalchemy.exc.TimeoutError",
        "QueuePool limit of size 4 overflow 0 reached, connection timed out, timeout 0.90",
      ],
      node: () => ["TimeoutError", "timeout exceeded when trying to connect: pool size 4, 38 waiting"],
      go: () => [
        "context.deadlineExceededError",
        "acquire connection: context deadline exceeded (max_open=4 in_use=4 wait_count=38)",
      ],
    }),
  },
  rejected: {
    id: "rejected",
    status: 503,
    stack: false,
    text: byLanguage({
      java: () => [
        "java.util.concurrent.RejectedExecutionException",
        "worker queue is full (pool size = 64, active threads = 64, queued tasks = 1000)",
      ],
      python: () => ["WorkerLostError", "no free worker: backlog 1000 of 1000"],
      node: () => ["OverloadError", "event loop lag 1840 ms, shedding request"],
      go: () => ["errors.errorString", "admission: too many requests in flight (limit 256)"],
    }),
  },
  memory: {
    id: "memory",
    status: 500,
    stack: true,
    text: byLanguage({
      java: () => ["java.lang.OutOfMemoryError", "Java heap space"],
      python: () => ["MemoryError", "cannot allocate 67108864 bytes"],
      node: () => ["RangeError", "Array buffer allocation failed"],
      go: () => ["errors.errorString", "cannot allocate 67108864-byte block: memory limit reached"],
    }),
  },
  down: {
    id: "down",
    status: 503,
    stack: false,
    silent: true,
    text: (s) => ["ConnectionRefused", `connect ECONNREFUSED ${s.pods[0].ip}:8080`],
  },
  statement: {
    id: "statement",
    status: 500,
    stack: false,
    text: () => ["QueryCanceled", "canceling statement due to statement timeout"],
  },
  provider: {
    id: "provider",
    status: 503,
    stack: false,
    text: (s) => ["ProviderError", `POST https://${s.name}/v1: 503 Service Unavailable (upstream connect error)`],
  },
  reset: {
    id: "reset",
    status: 502,
    stack: false,
    silent: true,
    text: (s) => ["ConnectionReset", `read tcp ${s.pods[0].ip}:8080: connection reset by peer`],
  },
  everyday: {
    id: "everyday",
    status: 500,
    stack: true,
    text: byLanguage({
      java: () => [
        "org.springframework.dao.CannotAcquireLockException",
        "could not obtain lock on row, transaction rolled back",
      ],
      python: () => ["ValueError", "invalid literal for int() with base 10: ''"],
      node: () => ["Error", "socket hang up"],
      go: () => ["errors.errorString", "unexpected EOF"],
      postgres: () => ["QueryCanceled", "canceling statement due to user request"],
      redis: () => ["BusyError", "LOADING dataset in memory"],
      outside: (s) => ["ProviderError", `POST https://${s.name}/v1: 502 Bad Gateway`],
    }),
  },
});

/** Stacks repeat exactly in real incidents (same bug, same frames), so one is made a service and error. @type {WeakMap<Service, Map<string, string[]>>} */
const stacks = new WeakMap();

/** The part of a service an error is thrown in. @type {Record<string, string>} */
const PLACES = { exception: "limits", flagged: "mode", pool: "connections", memory: "buffers", everyday: "storage" };

/** @param {Template} template @param {Service} service @param {boolean} caused @returns {Failure} */
export function fail(template, service, caused) {
  const [type, message] = template.text(service);
  const stack = template.stack ? stackOf(service, template.id, type, message) : null;
  return { template, type, message, status: template.status, caused, stack, silent: template.silent === true };
}

/** What a caller reports when a call of its own did not work. @param {Failure} inner @param {string} type @param {string} message @param {number} status @returns {Failure} */
export const wrap = (inner, type, message, status) => ({
  template: null,
  type,
  message,
  status,
  caused: inner.caused,
  stack: null,
  silent: false,
});

/** @param {Service} service @param {string} id @param {string} type @param {string} message */
function stackOf(service, id, type, message) {
  let known = stacks.get(service);
  if (known === undefined) stacks.set(service, (known = new Map()));
  let stack = known.get(id);
  if (stack === undefined) {
    stack = (SHAPES[service.language] ?? SHAPES.go)(service, PLACES[id] ?? id, type, message);
    known.set(id, stack);
  }
  return stack;
}

/** @type {Record<string, (s: Service, place: string, type: string, message: string) => string[]>} */
const SHAPES = {
  java: (s, place, type, message) => {
    const pack = `com.northwind.${base(s).replace(/-/g, "")}`;
    const name = pascal(s.noun);
    return [
      `${type}: ${message}`,
      `\tat ${pack}.${name}${pascal(place)}Step.apply(${name}${pascal(place)}Step.java:87)`,
      `\tat ${pack}.${name}Handler.handle(${name}Handler.java:142)`,
      `\tat ${pack}.${name}Controller.serve(${name}Controller.java:61)`,
      "\tat java.base/java.lang.reflect.Method.invoke(Method.java:580)",
      "\tat org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:885)",
      "\tat org.apache.tomcat.util.net.NioEndpoint$SocketProcessor.doRun(NioEndpoint.java:1740)",
      `Caused by: com.northwind.platform.${pascal(place)}Exception: ${camel(s.noun)}`,
      `\tat ${pack}.${name}Repository.require(${name}Repository.java:44)`,
      "\t... 31 more",
    ];
  },
  python: (s, place, type, message) => [
    "Traceback (most recent call last):",
    `  File "/srv/app/${base(s).replace(/-/g, "_")}/handlers.py", line 118, in handle`,
    `    result = self.steps.run(${camel(s.noun)}, context)`,
    `  File "/srv/app/${base(s).replace(/-/g, "_")}/${place}.py", line 57, in run`,
    "    return policy.limits(context.region)",
    `${type}: ${message}`,
  ],
  node: (s, place, type, message) => [
    `${type}: ${message}`,
    `    at ${place}Step (file:///srv/app/dist/${base(s)}/${place}.js:57:23)`,
    `    at ${pascal(s.noun)}Handler.handle (file:///srv/app/dist/${base(s)}/handler.js:118:19)`,
    "    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)",
    "    at async preHandler (file:///srv/app/node_modules/fastify/lib/handleRequest.js:130:5)",
  ],
  go: (s, place) => [
    "goroutine 8841 [running]:",
    `${base(s)}/internal/${camel(s.noun)}.(*Service).${pascal(place)}(0xc0004a2000, {0x1b3f2a8, 0xc000612d20})`,
    `\t/src/internal/${camel(s.noun)}/${place}.go:57 +0x1c4`,
    `${base(s)}/internal/server.(*Handler).ServeHTTP(0xc00021e0f0, {0x1b3e5d0, 0xc0003b8460}, 0xc000417680)`,
    "\t/src/internal/server/handler.go:118 +0x2f3",
    "net/http.(*conn).serve(0xc0002d2120, {0x1b3f2e0, 0xc00039b1d0})",
    "\t/usr/local/go/src/net/http/server.go:2092 +0x5d0",
  ],
};
