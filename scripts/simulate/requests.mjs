/**
 * Walks requests through the service graph. A service does its own work, calls what it needs and answers; what a cause
 * breaks comes back to callers as errors, timeouts, retries, fallbacks and open circuits, so symptoms follow their cause.
 */
import { FAILURES, fail, wrap } from "./failures.mjs";
import { TABLES, debugOf, infoOf, warnOf } from "./messages.mjs";
import { logNormal } from "./random.mjs";
import { podsAt } from "./topology.mjs";

/**
 * @typedef {import('./topology.mjs').Operation} Operation
 * @typedef {import('./topology.mjs').Service} Service
 * @typedef {import('./failures.mjs').Failure} Failure
 * @typedef {{ traceId: string, spanId: string, parentId: string, service: Service, name: string, kind: 'server' | 'client', peer: string,
 *   start: number, end: number, failure: Failure | null, pod: import('./topology.mjs').Pod, method: string, route: string }} Span
 * @typedef {{ traceId: string, requestId: string, kept: boolean, spans: Span[] | null }} Context kept: its lines are written
 * @typedef {{ end: number, failure: Failure | null, caused: boolean }} Outcome
 * @typedef {{ say: (line: import('./log-formats/index.mjs').Line, background: boolean) => void,
 *   observe: (service: Service, end: number, durationMs: number, failed: boolean) => void,
 *   suffered: (service: Service, t: number) => void }} Witness who is told what happened
 */

const latency = logNormal(0.45);
const waiting = logNormal(0.7);
/** A breaker opens when the moving share of failed calls passes this, and tries again after a while. */
const BREAKER_SHARE = 0.65;
const BREAKER_MS = 8000;
const BREAKER_MEMORY_MS = 30_000;

export class Requests {
  #random;
  #cause;
  #witness;

  /** @param {import('./random.mjs').Random} random @param {import('./cause.mjs').Cause} cause @param {Witness} witness */
  constructor(random, cause, witness) {
    this.#random = random;
    this.#cause = cause;
    this.#witness = witness;
  }

  /** @param {Operation} endpoint @param {number} t @param {Context} context */
  serve(endpoint, t, context) {
    return this.#visit(endpoint, t, context, "");
  }

  /** @param {Operation} operation @param {number} t @param {Context} context @param {string} parentId @param {number} [delayMs] what a cause adds @returns {Outcome} */
  #visit(operation, t, context, parentId, delayMs = 0) {
    const random = this.#random;
    const { service } = operation;
    const pods = podsAt(service, t);
    const pod = pods[random.u32() % pods.length];
    const spanId = context.kept ? random.hex(16) : "";
    const effect = this.#cause.effect(service, t);
    const own = operation.medianMs * latency(random) * (effect === null ? 1 : effect.slow);
    let end = t + own * 0.4 + delayMs;
    let caused = false;
    /** @type {Failure | null} */
    let failure = null;
    if (effect !== null) {
      caused = true;
      if (random.chance(effect.probability)) failure = fail(effect.failure, service, true);
      if (failure !== null && effect.failMs > 0) end += effect.failMs + random.between(0.2, 4);
      else if (effect.waitMs > 0) end += effect.waitMs * waiting(random);
      if (failure !== null || effect.slow > 1.5 || effect.waitMs > 100) this.#witness.suffered(service, end);
    }
    if (failure === null) {
      for (const call of operation.calls) {
        if (!call.always && random.u32() & 1) continue;
        const outcome = this.#call(call, end, context, spanId, pod);
        end = outcome.end;
        caused ||= outcome.caused;
        if (outcome.failure !== null) {
          failure = outcome.failure;
          break;
        }
      }
      end += own * 0.6;
    }
    let rejected = false;
    if (failure === null && random.chance(operation.errorRate)) {
      if (random.chance(0.2)) failure = fail(FAILURES.everyday, service, false);
      else rejected = true;
    }
    this.#witness.observe(service, end, end - t, failure !== null);
    if (failure?.caused) this.#witness.suffered(service, end);
    if (context.kept) {
      this.#speak(operation, context, { t, end, pod, spanId, failure, rejected, caused });
      if (context.spans !== null && service.role !== "store" && service.role !== "provider") {
        context.spans.push({
          traceId: context.traceId,
          spanId,
          parentId,
          service,
          name: operation.name,
          kind: "server",
          peer: "",
          start: t,
          end,
          failure,
          pod,
          method: operation.method,
          route: operation.route,
        });
      }
    }
    return { end, failure, caused };
  }

  /**
   * One call with its timeout, retry, fallback and breaker.
   * @param {Operation['calls'][number]} call @param {number} t @param {Context} context @param {string} spanId
   * @param {import('./topology.mjs').Pod} pod @returns {Outcome}
   */
  #call({ edge, operation, idempotent }, t, context, spanId, pod) {
    const random = this.#random;
    const say = (
      /** @type {number} */ at,
      /** @type {2 | 3} */ level,
      /** @type {string} */ message,
      /** @type {(string | number)[]} */ fields,
    ) => {
      if (context.kept) this.#say(edge.from, pod, context, spanId, at, level, message, fields, null);
    };
    if (t < edge.openUntil) {
      return {
        end: t + 0.3,
        caused: true,
        failure: wrap(
          fail(FAILURES.down, edge.to, true),
          "CircuitOpen",
          `circuit breaker for ${edge.to.name} is open`,
          503,
        ),
      };
    }
    let outcome = this.#attempt(edge, operation, t, context, spanId, pod);
    if (outcome.failure !== null && (idempotent || random.chance(0.3))) {
      const again = outcome.end + random.between(40, 160);
      say(outcome.end, 2, `call to ${edge.to.name} failed (${outcome.failure.message}), retrying`, [
        "attempt",
        2,
        "backoff_ms",
        Math.round(again - outcome.end),
      ]);
      outcome = this.#attempt(edge, operation, again, context, spanId, pod);
    }
    const { failure, end } = outcome;
    // By time, not by call: a breaker then behaves alike at every request rate.
    edge.failing +=
      Math.min(0.2, Math.max(0, end - edge.judgedAt) / BREAKER_MEMORY_MS) * ((failure === null ? 0 : 1) - edge.failing);
    edge.judgedAt = Math.max(end, edge.judgedAt);
    if (failure === null) return outcome;
    if (failure.caused) {
      if (edge.firstFailure === 0) edge.firstFailure = end;
      if (end < edge.firstFailure + edge.graceMs) {
        say(
          end,
          2,
          idempotent
            ? `${edge.to.name} unavailable, serving cached ${edge.to.noun}`
            : `${edge.to.name} unavailable, ${edge.to.noun} queued for later`,
          ["age_s", random.int(5, 240)],
        );
        return { end, failure: null, caused: true };
      }
    }
    if (edge.failing > BREAKER_SHARE && edge.calls > 40) {
      edge.openUntil = end + BREAKER_MS;
      edge.failing = 0.5;
      say(end, 3, `circuit breaker for ${edge.to.name} opened`, [
        "failure_share",
        BREAKER_SHARE,
        "retry_after_ms",
        BREAKER_MS,
      ]);
    }
    return outcome;
  }

  /** @returns {Outcome} @param {import('./topology.mjs').Edge} edge @param {Operation} operation @param {number} t @param {Context} context @param {string} parentId @param {import('./topology.mjs').Pod} pod */
  #attempt(edge, operation, t, context, parentId, pod) {
    const random = this.#random;
    const { to } = edge;
    edge.calls++;
    const effect = this.#cause.onEdge(edge, t);
    const outside = to.role === "provider" || to.role === "store";
    let start = t + 0.2 + (random.u32() & 255) / 512;
    /** @type {Outcome} */
    let outcome;
    if (effect !== null && random.chance(effect.probability)) {
      outcome = {
        end: start + effect.waitMs * waiting(random) + 5,
        failure: fail(effect.failure, to, true),
        caused: true,
      };
      this.#witness.suffered(edge.from, outcome.end);
    } else {
      // What the network delays reaches the callee late; what a store or provider is slow at, it is slow at itself.
      const delay =
        effect === null
          ? 0
          : effect.waitMs * waiting(random) + operation.medianMs * (effect.slow - 1) * latency(random);
      if (effect !== null && !outside) start += delay;
      outcome = this.#visit(operation, start, context, parentId, outside ? delay : 0);
      if (effect !== null) {
        outcome.caused = true;
        if (delay > 100) this.#witness.suffered(edge.from, outcome.end);
        if (delay > 100 && to.role === "store") this.#witness.suffered(to, outcome.end);
        if (to.language === "postgres" && delay > 250 && context.kept) this.#slowStatement(to, start, outcome.end);
      }
    }
    const inner = outcome.failure;
    if (outcome.end - t > edge.timeoutMs) {
      const lost = inner ?? fail(FAILURES.reset, to, outcome.caused);
      outcome = {
        end: t + edge.timeoutMs,
        caused: outcome.caused,
        failure: wrap(
          { ...lost, caused: outcome.caused },
          "Timeout",
          `${to.name}: no answer within ${edge.timeoutMs} ms`,
          504,
        ),
      };
    } else if (inner !== null) {
      const status = inner.status === 500 && !outside ? 502 : inner.status;
      outcome.failure = wrap(
        inner,
        "UpstreamError",
        outside || inner.silent
          ? `${to.name}: ${inner.message}`
          : `${to.name}: ${inner.status} from ${operation.method} ${operation.route}`,
        status,
      );
    }
    if (context.spans !== null && (outside || inner?.silent)) {
      context.spans.push({
        traceId: context.traceId,
        spanId: random.hex(16),
        parentId,
        service: edge.from,
        name: outside ? operation.name : `HTTP ${operation.method}`,
        kind: "client",
        peer: to.name,
        start: t,
        end: outcome.end,
        failure: outcome.failure,
        pod,
        method: operation.method,
        route: operation.route,
      });
    }
    return outcome;
  }

  /**
   * The lines of one visit.
   * @param {Operation} operation @param {Context} context
   * @param {{ t: number, end: number, pod: import('./topology.mjs').Pod, spanId: string, failure: Failure | null, rejected: boolean, caused: boolean }} visit
   */
  #speak(operation, context, { t, end, pod, spanId, failure, rejected, caused }) {
    const random = this.#random;
    const { service } = operation;
    if (service.role === "provider") return;
    if (service.role === "store") {
      if (failure !== null) this.#say(service, pod, null, "", end, 3, "error", [], failure);
      else if (random.chance(0.06)) this.#say(service, pod, null, "", end, 1, ...infoOf(random, service), null);
      return;
    }
    if (failure?.silent && failure.template !== null) return;
    const took = Math.round((end - t) * 100) / 100;
    const python = service.language === "python";
    if (random.chance(0.16))
      this.#say(service, pod, context, spanId, t + (end - t) * 0.1, 0, ...debugOf(random, service), null);
    if (failure === null && random.chance(0.34))
      this.#say(service, pod, context, spanId, t + (end - t) * 0.7, 1, ...infoOf(random, service), null, python);
    if (rejected) this.#say(service, pod, context, spanId, end - 0.05, 2, ...warnOf(random, service), null);
    const path = operation.route.includes("{")
      ? operation.route.replace("{id}", String(random.int(100_000, 999_999)))
      : operation.route;
    if (failure !== null) {
      this.#say(
        service,
        pod,
        context,
        spanId,
        end,
        3,
        failure.stack === null ? `request failed: ${failure.message}` : `request failed with ${failure.type}`,
        ["method", operation.method, "path", path, "status", failure.status, "duration_ms", took],
        failure,
      );
      if (python && failure.stack !== null && random.chance(0.3))
        this.#say(
          service,
          pod,
          context,
          spanId,
          end + 3,
          3,
          `task refresh_${service.noun.replace(/\W/g, "_")} raised, will retry`,
          [],
          failure,
          true,
        );
      return;
    }
    if (caused && took > 1000 && random.chance(0.5))
      this.#say(service, pod, context, spanId, end - 0.02, 2, `slow request: ${took} ms`, ["threshold_ms", 1000], null);
    this.#say(
      service,
      pod,
      context,
      spanId,
      end,
      1,
      "request completed",
      [
        "method",
        operation.method,
        "path",
        path,
        "status",
        operation.method === "POST" ? 201 : 200,
        "duration_ms",
        took,
      ],
      null,
    );
  }

  /** @param {Service} store @param {number} start @param {number} end */
  #slowStatement(store, start, end) {
    const took = (end - start).toFixed(3);
    const statement = `SELECT l.* FROM ${this.#random.pick(TABLES)} l WHERE l.tenant_id = $1 AND lower(l.external_ref) = lower($2)`;
    this.#say(
      store,
      store.pods[0],
      null,
      "",
      end,
      1,
      `duration: ${took} ms  execute <unnamed>: ${statement}`,
      [],
      null,
    );
  }

  /**
   * @param {Service} service @param {import('./topology.mjs').Pod} pod @param {Context | null} context @param {string} spanId @param {number} t
   * @param {0 | 1 | 2 | 3} level @param {string} message @param {(string | number)[]} fields @param {Failure | null} error @param {boolean} [background]
   */
  #say(service, pod, context, spanId, t, level, message, fields, error, background = false) {
    this.#witness.say(
      {
        t,
        level,
        service,
        pod,
        message,
        fields,
        spanId,
        traceId: context === null ? "" : context.traceId,
        requestId: context === null ? "" : context.requestId,
        error,
        stack: error === null ? null : error.stack,
      },
      background,
    );
  }
}
