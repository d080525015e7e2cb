// The same filter asked of an event. Conditions on what only records have (line, duration, value, name) fit no event.
import type { IncidentEvent } from "../../../shared/model/event.ts";
import { EVERYTHING, type Condition, type Filter } from "../../../shared/query/ast.ts";
import { regex } from "../../../shared/query/regex.ts";
import { fieldTest } from "./field-test.ts";
import { gravityOf, timeRange } from "./gravity.ts";
import { anyValue, type TextTest } from "../../../shared/query/pattern.ts";
import { textSearch } from "./text-search.ts";

export type EventTest = (event: IncidentEvent) => boolean;
export type PathOf = (sourceId: number) => string | undefined;

export function eventTest(filter: Filter, pathOf: PathOf): EventTest {
  if (filter === EVERYTHING) return () => true;
  switch (filter.type) {
    case "and": {
      const tests = filter.parts.map((part) => eventTest(part, pathOf));
      return (event) => tests.every((test) => test(event));
    }
    case "or": {
      const tests = filter.parts.map((part) => eventTest(part, pathOf));
      return (event) => tests.some((test) => test(event));
    }
    case "not": {
      const test = eventTest(filter.part, pathOf);
      return (event) => !test(event);
    }
    default:
      return conditionTest(filter, pathOf);
  }
}

function conditionTest(condition: Condition, pathOf: PathOf): EventTest {
  switch (condition.type) {
    case "text": {
      const search = textSearch(condition.text);
      return ({ title, description }) => search.test(title) || search.test(description);
    }
    case "regex": {
      const { test } = regex(condition.pattern, condition.flags);
      return ({ title, description }) => test(title) || test(description);
    }
    case "level":
    case "severity": {
      const { severities } = gravityOf(condition);
      return ({ severity }) => severities.has(severity);
    }
    case "kind":
      return ({ kind }) => condition.values.some((value) => value === "event" || value === kind);
    case "time": {
      const { from, to } = timeRange(condition);
      return ({ time }) => time >= from && time < to;
    }
    case "word": {
      const value = wordOf(condition.field, pathOf);
      const fits: TextTest = anyValue(condition.values, condition.field === "source" ? "part" : "whole");
      return (event) => {
        const text = value(event);
        return text !== null && fits(text);
      };
    }
    case "number":
      return () => false;
    case "has": {
      if (condition.field === "time" || condition.field === "level") return () => true;
      const value = wordOf(condition.field, pathOf);
      const inMetadata = fieldTest(condition);
      return (event) => value(event) !== null || inMetadata(Object.entries(event.metadata));
    }
    default: {
      const fits = fieldTest(condition);
      return ({ metadata }) => fits(Object.entries(metadata));
    }
  }
}

function wordOf(field: string, pathOf: PathOf): (event: IncidentEvent) => string | null {
  switch (field) {
    case "service":
      return ({ service }) => service;
    case "source":
      return ({ reference }) => (reference === null ? null : (pathOf(reference.sourceId) ?? null));
    case "trace":
      return ({ traceId }) => traceId;
    case "span":
      return ({ spanId }) => spanId;
    case "request":
      return ({ requestId }) => requestId;
    case "correlation":
      return ({ correlationId }) => correlationId;
    default:
      return () => null;
  }
}
