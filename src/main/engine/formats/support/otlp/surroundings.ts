/**
 * What stands around an element of an OTLP document, for those that become dead letters: the request down to the
 * element's array, with its resource, scope and metric.
 */
import type { Surroundings } from "../../../../../shared/model/dead-letter.ts";
import { jsonText } from "../fields.ts";
import { surroundings } from "../json/elements.ts";
import { arrayOf, isObject, type JsonObject, textOf } from "../json/value.ts";

/** `resourceSpans[*].scopeSpans[*].spans[*]`, or less of it; for metrics, `gauge.dataPoints[*]` below. */
const PATH = /^(?:\[\*\]\.)?(\w+)\[\*\](?:\.(\w+)\[\*\])?(?:\.(\w+)\[\*\])?(?:\.(\w+)\.(\w+)\[\*\])?$/;

export class OtlpSurroundings {
  resource: JsonObject | undefined;
  scope: JsonObject | undefined;

  /** `metric` is what is known of the metric around a data point. Undefined for what stands in no array. */
  around(path: string, metric: JsonObject): Surroundings | undefined {
    const found = PATH.exec(path);
    if (found === null) return undefined;
    const [, resources = "", scopes, items, type, points] = found;
    const { type: _type, ...known } = metric;
    const layers = [
      { members: {}, array: resources },
      { members: this.resource === undefined ? {} : { resource: this.resource }, array: scopes },
      { members: this.scope === undefined ? {} : { scope: this.scope }, array: items },
      { members: known, array: type === undefined ? undefined : points, type },
    ].filter(({ array }) => array !== undefined);
    return (
      around(layers) ??
      around(layers.map(({ members, array, type: kind }) => ({ members: shortened(members), array, type: kind })))
    );
  }
}

interface Layer {
  readonly members: JsonObject;
  readonly array: string | undefined;
  readonly type?: string | undefined;
}

/** Objects in one another, each in the array of the one around it. */
function around(layers: readonly Layer[]): Surroundings | undefined {
  let before = "";
  let after = "";
  for (const { members, array, type } of layers) {
    const text = jsonText(members);
    const comma = text === "{}" ? "" : ",";
    const inner = type === undefined ? "" : `${JSON.stringify(type)}:{`;
    before += `${text.slice(0, -1)}${comma}${inner}${JSON.stringify(array)}:[`;
    after = `]${type === undefined ? "" : "}"}}${after}`;
  }
  return surroundings(before, after);
}

/** A resource with its service alone, where all of its attributes would be too long. */
function shortened({ resource }: JsonObject): JsonObject {
  if (!isObject(resource)) return {};
  const attributes = arrayOf(resource, "attributes").filter(
    (attribute) => isObject(attribute) && textOf(attribute, ["key"]) === "service.name",
  );
  return { resource: { attributes } };
}
