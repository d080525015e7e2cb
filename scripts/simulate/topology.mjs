/**
 * The service graph: edges call the middle, the middle calls deeper layers, stores and outside providers.
 * Calls only go towards higher indices, so a request always ends.
 */
import { DOMAINS, EDGES, NODES, STORES, providerOf } from "./names.mjs";

/**
 * @typedef {'edge' | 'middle' | 'store' | 'provider'} Role
 * @typedef {'node' | 'go' | 'java' | 'python' | 'postgres' | 'redis' | 'outside'} Language
 * @typedef {{ name: string, node: string, ip: string }} Pod
 * @typedef {{ from: Service, to: Service, timeoutMs: number, graceMs: number, calls: number,
 *   failing: number, judgedAt: number, openUntil: number, firstFailure: number }} Edge
 * @typedef {{ service: Service, name: string, method: string, route: string, medianMs: number, errorRate: number,
 *   calls: { edge: Edge, operation: Operation, idempotent: boolean, always: boolean }[] }} Operation
 * @typedef {{ index: number, name: string, role: Role, layer: number, language: Language, format: string, noun: string,
 *   verb: string, pods: Pod[], nextPods: Pod[], operations: Operation[], edges: Edge[], weight: number, cpu: number, memoryMb: number,
 *   version: string, nextVersion: string, deployedAt: number, tracer: 'jaeger' | 'otlp' }} Service
 * @typedef {{ services: Service[], providers: Service[], edges: Edge[],
 *   endpoints: { operation: Operation, weight: number }[] }} Topology
 */

/** The first five are what eight services get: each dialect is then seen once. */
const MIDDLE_STACKS = /** @type {const} */ ([
  ["go", "zap"],
  ["java", "java-text"],
  ["python", "structlog"],
  ["go", "logfmt"],
  ["java", "ecs"],
  ["node", "pino"],
  ["python", "python-text"],
  ["go", "container"],
]);

/** @param {import('./random.mjs').Random} random @param {number} count @returns {Topology} */
export function buildTopology(random, count) {
  const edgeCount = Math.min(EDGES.length, Math.max(1, Math.round(count / 12)));
  const storeCount = Math.max(1, Math.round(count / 4));
  const middleCount = count - edgeCount - storeCount;
  const layers = Math.min(middleCount, 4, Math.max(1, Math.round(Math.log2(middleCount))));
  const stacks = [...random.shuffle(MIDDLE_STACKS.slice(0, 5)), ...MIDDLE_STACKS.slice(5)];
  const domains = [
    ...DOMAINS.slice(0, 2),
    ...random.shuffle(DOMAINS.slice(2, 10)),
    ...random.shuffle(DOMAINS.slice(10)),
  ];

  /** @type {Service[]} */
  const services = [];
  const add = (/** @type {Partial<Service> & { name: string, role: Role }} */ part) => {
    const service = makeService(random, services.length, part);
    services.push(service);
    return service;
  };
  for (let i = 0; i < edgeCount; i++) {
    add({ name: EDGES[i], role: "edge", language: "node", format: "pino", noun: "request", verb: "routed" });
  }
  for (let i = 0; i < middleCount; i++) {
    const [name, noun, verb] = domains[i % domains.length];
    const [language, format] = stacks[i % stacks.length];
    const part = Math.floor(i / domains.length);
    const layer = 1 + Math.floor((i * layers) / middleCount);
    add({
      name: `${name}${part === 0 ? "" : `-${part + 1}`}-service`,
      role: "middle",
      layer,
      language,
      format,
      noun,
      verb,
    });
  }
  for (let i = 0; i < storeCount; i++) {
    const [name, engine] = STORES[i % STORES.length];
    const part = Math.floor(i / STORES.length);
    add({
      name: part === 0 ? name : `${name}-${part + 1}`,
      role: "store",
      layer: 9,
      language: engine,
      format: engine === "postgres" ? "postgres" : "container",
      noun: "row",
      verb: "read",
    });
  }
  const asking = services
    .filter((s) => s.role === "middle" && s.layer === layers)
    .slice(0, Math.max(1, Math.min(4, Math.ceil(middleCount / 4))));
  const providers = asking.map((caller, i) =>
    makeService(random, count + i, {
      name: providerOf(caller.name.replace(/-service$/, "")),
      role: "provider",
      layer: 10,
      language: "outside",
      format: "none",
      noun: "call",
      verb: "answered",
    }),
  );

  const topology = {
    services,
    providers,
    edges: /** @type {Edge[]} */ ([]),
    endpoints: /** @type {Topology['endpoints']} */ ([]),
  };
  connect(random, topology);
  weigh(topology);
  return topology;
}

/** @returns {Service} @param {import('./random.mjs').Random} random @param {number} index @param {Partial<Service> & { name: string, role: Role }} part */
function makeService(random, index, part) {
  const replicas = part.role === "store" ? 1 : random.int(2, 3);
  const makePods = () => {
    const set = random.hex(12).slice(0, 10);
    return Array.from({ length: replicas }, (_, i) => ({
      name: part.role === "store" ? `${part.name}-${i}` : `${part.name}-${set}-${random.hex(8).slice(0, 5)}`,
      node: random.pick(NODES),
      ip: `10.42.${random.int(0, 3)}.${random.int(20, 250)}`,
    }));
  };
  const pods = makePods();
  const minor = random.int(4, 48);
  return {
    index,
    layer: 0,
    language: "node",
    format: "pino",
    noun: "item",
    verb: "handled",
    pods,
    nextPods: makePods(),
    operations: [],
    edges: [],
    weight: 0,
    cpu: random.between(14, 38),
    memoryMb: random.int(6, 15) * 64,
    version: `1.${minor}.${random.int(0, 9)}`,
    nextVersion: `1.${minor + 1}.0`,
    deployedAt: Infinity,
    tracer: index % 3 === 2 ? "otlp" : "jaeger",
    ...part,
  };
}

/** @param {import('./random.mjs').Random} random @param {Topology} topology */
function connect(random, topology) {
  const { services, providers } = topology;
  const middle = services.filter((s) => s.role === "middle");
  const stores = services.filter((s) => s.role === "store");
  const deepest = Math.max(...middle.map((s) => s.layer));
  const link = (/** @type {Service} */ from, /** @type {Service} */ to) => {
    const known = from.edges.find((e) => e.to === to);
    if (known) return known;
    const timeoutMs =
      to.role === "store" ? 5000 : to.role === "provider" ? 3000 : Math.max(1000, 5000 - to.layer * 1000);
    /** @type {Edge} */
    const edge = {
      from,
      to,
      timeoutMs,
      graceMs: random.int(18, 75) * 1000,
      calls: 0,
      failing: 0,
      judgedAt: 0,
      openUntil: 0,
      firstFailure: 0,
    };
    from.edges.push(edge);
    topology.edges.push(edge);
    return edge;
  };
  // From the deepest layer up, so that what an operation calls already has operations of its own.
  for (const service of [...stores, ...providers, ...middle.toReversed()]) {
    if (service.role === "middle") {
      const below = middle.filter((s) => s.layer === service.layer + 1);
      for (const to of random.shuffle(below).slice(0, 2)) link(service, to);
      if (service.layer === deepest || random.chance(0.5)) link(service, stores[service.index % stores.length]);
    }
    makeOperations(random, service);
  }
  providers.forEach((provider, i) => {
    const deep = middle.filter((s) => s.layer === deepest);
    const caller = deep[i % deep.length];
    const edge = link(caller, provider);
    caller.operations[0].calls.push({ edge, operation: provider.operations[0], idempotent: false, always: true });
  });
  for (const orphan of middle) {
    if (orphan.layer === 1 || topology.edges.some((e) => e.to === orphan)) continue;
    const parent = random.pick(middle.filter((s) => s.layer === orphan.layer - 1));
    const edge = link(parent, orphan);
    for (const operation of parent.operations)
      operation.calls.unshift({ edge, operation: random.pick(orphan.operations), idempotent: true, always: true });
  }
  const edges = services.filter((s) => s.role === "edge");
  for (const service of middle.filter((s) => s.layer === 1)) {
    const gateway = edges[service.index % edges.length];
    const edge = link(gateway, service);
    for (const operation of service.operations) {
      /** @type {Operation} */
      const entry = {
        service: gateway,
        name: `${operation.method} ${operation.route}`,
        method: operation.method,
        route: operation.route,
        medianMs: random.between(2, 5),
        errorRate: 0.002,
        calls: [{ edge, operation, idempotent: operation.method === "GET", always: true }],
      };
      gateway.operations.push(entry);
      topology.endpoints.push({
        operation: entry,
        weight: operation.method === "GET" ? random.between(2, 4) : random.between(1, 2),
      });
    }
  }
}

/** @param {import('./random.mjs').Random} random @param {Service} service */
function makeOperations(random, service) {
  if (service.role === "store" || service.role === "provider") {
    const medianMs =
      service.language === "postgres"
        ? random.between(3, 8)
        : service.language === "redis"
          ? random.between(0.4, 0.9)
          : random.between(60, 140);
    const name =
      service.language === "postgres"
        ? "SELECT"
        : service.language === "redis"
          ? "GET"
          : `POST https://${service.name}/v1`;
    service.operations.push({
      service,
      name,
      method: "POST",
      route: "/v1",
      medianMs,
      errorRate: service.role === "provider" ? 0.003 : 0.0004,
      calls: [],
    });
    return;
  }
  const base = service.name.replace(/-service$/, "");
  const shapes = /** @type {const} */ ([
    ["GET", `/api/${base}/{id}`, "get"],
    ["POST", `/api/${base}`, "create"],
    ["PUT", `/api/${base}/{id}/state`, "update"],
  ]);
  for (const [method, route, verb] of shapes.slice(0, random.int(2, 3))) {
    service.operations.push({
      service,
      method,
      route,
      name: `${service.noun.replace(/ (\w)/g, (_, c) => c.toUpperCase())}.${verb}`,
      medianMs: random.between(4, 22),
      errorRate: random.between(0.001, 0.004),
      calls: service.edges.map((edge) => ({
        edge,
        operation: random.pick(edge.to.operations),
        idempotent: method === "GET",
        always: random.chance(0.7),
      })),
    });
  }
}

/** How often a request passes each service, so that a cause is put where people would notice. @param {Topology} topology */
function weigh(topology) {
  const walk = (/** @type {Operation} */ operation, /** @type {number} */ weight) => {
    operation.service.weight += weight;
    for (const call of operation.calls) walk(call.operation, weight * (call.always ? 1 : 0.5));
  };
  const total = topology.endpoints.reduce((sum, e) => sum + e.weight, 0);
  for (const endpoint of topology.endpoints) walk(endpoint.operation, endpoint.weight / total);
}

/** From the deploy until the new pods take the requests. */
const ROLLOUT_MS = 20_000;

/** @param {Service} service @param {number} t */
export const versionAt = (service, t) => (t >= service.deployedAt + ROLLOUT_MS ? service.nextVersion : service.version);
/** A deploy replaces every pod. @param {Service} service @param {number} t */
export const podsAt = (service, t) => (t >= service.deployedAt + ROLLOUT_MS ? service.nextPods : service.pods);
