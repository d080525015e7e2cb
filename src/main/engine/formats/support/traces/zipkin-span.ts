/** What makes an object a span of Zipkin v2, for its own format and for the general one that leaves it to that. */
import { isObject, type JsonObject } from "../json/value.ts";

export const isZipkinSpan = (object: JsonObject): boolean =>
  typeof object["traceId"] === "string" &&
  typeof object["id"] === "string" &&
  object["spanId"] === undefined &&
  (isObject(object["localEndpoint"]) || isObject(object["remoteEndpoint"]) || Array.isArray(object["annotations"]));
