// The built parser thread, made to hang or to end on certain bytes before it sees them.
import { parentPort } from "node:worker_threads";

parentPort.on("message", ({ method, input }) => {
  if (method !== "push") return;
  const bytes = Buffer.from(input.chunk.buffer, input.chunk.byteOffset, input.chunk.byteLength);
  while (bytes.includes("HANG"));
  if (bytes.includes("CRASH")) process.exit(3);
});
await import(new URL("../../../../out/main/parser.worker.js", import.meta.url).href);
