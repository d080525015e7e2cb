// The built parser thread, made to hang or to end on certain bytes before it sees them.
import { parentPort } from "node:worker_threads";

const textOf = ({ method, input }) => {
  if (method === "push") return [input.chunk];
  if (method === "readWhole") return input.chunks;
  if (method === "readLot") return input.flatMap(({ chunks }) => chunks);
  return method === "readLetters" ? input.letters.map(({ text }) => text) : [];
};

parentPort.on("message", (request) => {
  for (const chunk of textOf(request)) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    while (bytes.includes("HANG"));
    if (bytes.includes("CRASH")) process.exit(3);
  }
});
await import(new URL("../../../../out/main/parser.worker.js", import.meta.url).href);
