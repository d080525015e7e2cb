/** How each call of the contract is answered: reads by the reader thread, changes by the writer, the rest here. */
import type { CallOutput } from "../../shared/contract.ts";
import { FailureError } from "../../shared/failure.ts";
import type { IncidentEvent, NewEvent } from "../../shared/model/event.ts";
import { durationMicros, MICROS_PER_MILLISECOND } from "../../shared/units.ts";
import { connectorCalls } from "./connector-calls.ts";
import { deadLetterCalls } from "./dead-letter-calls.ts";
import type { EngineCalls, EngineParts } from "./engine-calls.ts";
import { formats } from "./formats/registry.ts";
import { suspectCalls } from "./suspect-calls.ts";
import { templateCalls } from "./template-calls.ts";
import { LONG_CALLS, READ_CALLS, type ReadCall } from "./query/protocol.ts";

/** A part of them by their names. */
type Some<N extends keyof EngineCalls> = Pick<EngineCalls, N>;

export function createCalls(engine: EngineParts): EngineCalls {
  return {
    ...readCalls(engine),
    ...caseCalls(engine),
    ...eventCalls(engine),
    ...deadLetterCalls(engine),
    ...connectorCalls(engine),
    ...suspectCalls(engine),
    ...templateCalls(engine),
    ...ownCalls(engine),
  };
}

function readCalls(engine: EngineParts): Some<ReadCall> {
  const read = READ_CALLS.map((name) => [
    name,
    // Names and shapes are those of the contract on both sides; ReaderMethods holds them to it.
    async (input: unknown) => await engine.session.reader.call(name, input as never),
  ]);
  const longRead = LONG_CALLS.map((name) => [
    name,
    async (input: unknown) => await engine.session.sideReader.ask((reader) => reader.call(name, input as never)),
  ]);
  return {
    ...(Object.fromEntries([...read, ...longRead]) as Some<ReadCall>),
    "clocks.list": async () => {
      const { session } = engine;
      // A clock is held against another: of one source the reader knows at once that there is none.
      const filled = (await session.sources()).filter(({ records }) => records > 0);
      if (filled.length < 2) return await session.reader.call("clocks.list", null);
      return await session.clocks.list();
    },
    "traces.list": async (input) => {
      const [slowMs] = engine.settings.current.detection.slowTraceMs;
      const slowFrom = durationMicros(slowMs * MICROS_PER_MILLISECOND);
      return await engine.session.reader.call("traces.list", { ...input, slowFrom });
    },
  };
}

type CaseCall =
  | "case.create"
  | "case.open"
  | "case.add"
  | "case.info"
  | "case.copyTo"
  | "case.close"
  | "import.cancel"
  | "import.readAs";

function caseCalls(engine: EngineParts): Some<CaseCall> {
  return {
    "case.create": ({ paths }) => engine.openPaths(paths),
    "case.open": ({ file }) => engine.openCase(file),
    "case.add": ({ paths }) => engine.addToCase(paths),
    "case.info": async () => (await engine.openSession?.info()) ?? null,
    "case.copyTo": async ({ file }) => {
      await engine.session.writer.call("copyTo", { file });
      return null;
    },
    "case.close": async () => {
      await engine.closeCase();
      return null;
    },
    "import.cancel": async ({ sourceId }) => {
      await engine.session.importer.cancel(sourceId);
      return null;
    },
    "import.readAs": async ({ sourceId, format, zone }) => {
      const { session } = engine;
      const source = await session.source(sourceId);
      if (source === undefined) throw new FailureError("not-found", `The case has no source ${sourceId}.`);
      if (format !== null && !formats.some(({ id }) => id === format)) {
        throw new FailureError("unknown-format", `There is no format "${format}".`);
      }
      await session.importer.readAs(source, format, zone);
      return null;
    },
  };
}

function eventCalls(engine: EngineParts): Some<"events.create" | "events.update" | "events.delete"> {
  return {
    "events.create": async ({ event }) => {
      const { session } = engine;
      const created = await session.writer.call("createEvent", { event: event as NewEvent });
      session.changed();
      return shown(created.event);
    },
    "events.update": async ({ id, change }) => {
      const { session } = engine;
      const updated = await session.writer.call("updateEvent", { id, change: change as Partial<NewEvent> });
      session.changed();
      return shown(updated.event);
    },
    "events.delete": async ({ id }) => {
      const { session } = engine;
      await session.writer.call("deleteEvent", { id });
      session.changed();
      return null;
    },
  };
}

const shown = (event: IncidentEvent): CallOutput<"events.create"> => event;

type OwnCall = "app.forget" | "formats.list" | "settings.read" | "settings.write" | "tokens.list" | "tokens.signOut";

function ownCalls(engine: EngineParts): Some<OwnCall> {
  return {
    "app.forget": async ({ file }) => {
      engine.library.forget(file);
      return await Promise.resolve(null);
    },
    "formats.list": () => Promise.resolve(formats.map(({ id, title, unit }) => ({ id, title, unit }))),
    "settings.read": async () => await Promise.resolve(changingSettings(engine, () => engine.settings.reload())),
    "settings.write": async ({ path, value }) =>
      await Promise.resolve(changingSettings(engine, () => engine.settings.write(path, value))),
    "tokens.list": () => engine.tokens.list(),
    "tokens.signOut": async ({ connector }) => {
      engine.tokens.signOut(connector);
      return await engine.tokens.list();
    },
  };
}

/** What the detectors go by takes effect at once; all else does with the next source or case. */
function changingSettings(engine: EngineParts, change: () => CallOutput<"settings.read">): CallOutput<"settings.read"> {
  const before = JSON.stringify(engine.settings.current.detection);
  const resolved = change();
  if (JSON.stringify(resolved.values.detection) !== before) engine.openSession?.analyseAgain();
  return resolved;
}
