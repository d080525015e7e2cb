import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { expect, it } from "vitest";
import { seal, unsealed, type Sealed } from "../../../src/main/engine/threads/sealed.ts";

it("comes out as it went in, handed on by threads that do not look", () => {
  const found = {
    events: [{ time: 1_773_752_400_000_123, endTime: null, title: "half \ud800 and \0", tags: ["é"], metadata: {} }],
    numbers: [Number.NaN, -0, Infinity, 0.1],
    missing: undefined,
  };
  const sealed = seal(found);
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(sealed, [sealed.buffer]);
  expect(sealed.byteLength).toBe(0);
  const received: unknown = receiveMessageOnPort(port2)?.message;
  expect(unsealed(received as Sealed<typeof found>)).toStrictEqual(found);
  port1.close();
});
