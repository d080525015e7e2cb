/** `faultline detect FILE…`: which format each file has, how sure that is, and what else was tried. */
import type { Command } from "commander";
import { asFailure } from "../../../shared/failure.ts";
import type { FormatTrial } from "../../../shared/model/source.ts";
import { formatById, detectFormat } from "../../engine/formats/registry.ts";
import { makeSample } from "../../engine/formats/sample.ts";
import { SAMPLE_BYTES } from "../../engine/ingest/source-format.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import { EXIT_FAILED } from "../failure-exit.ts";
import { contextOf, openFile } from "../open-file.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

interface Detected {
  readonly path: string;
  readonly format: string | null;
  readonly confidence: number;
  readonly tried: readonly FormatTrial[];
}

export function addDetectCommand(program: Command, terminal: Terminal, connectors: CommandConnectors): void {
  program
    .command("detect")
    .description("say which format files have")
    .argument("<file...>", "files, compressed or not, or entries of archives: 'a.zip › logs/app.log'")
    .option("--json", "print one JSON object a line")
    .action(async (files: string[], { json }: { json?: true }) => {
      const found: Detected[] = [];
      for (const path of files) {
        try {
          const detected = await detect(path, connectors);
          if (json) await terminal.printJson(detected);
          found.push(detected);
        } catch (thrown) {
          const failure = asFailure(thrown);
          process.exitCode = EXIT_FAILED;
          terminal.complain(failure.message);
          if (json) await terminal.printJson({ path, format: null, confidence: 0, tried: [], failure });
        }
      }
      if (json || found.length === 0) return;
      const rows = found.map(({ path, format, confidence, tried }) => [path, format, confidence, whyOf(format, tried)]);
      await terminal.print(table(["file", "format", "confidence", "why"], rows));
    });
}

const whyOf = (format: string | null, tried: readonly FormatTrial[]): string =>
  tried.find((trial) => trial.format === format)?.reason ?? "no known format fits";

async function detect(path: string, connectors: CommandConnectors): Promise<Detected> {
  const context = contextOf(connectors, () => {});
  const opening = await openFile(path, context);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  let complete = true;
  for await (const chunk of opening.chunks(context)) {
    parts.push(chunk.bytes);
    bytes += chunk.bytes.byteLength;
    if (bytes < SAMPLE_BYTES) continue;
    complete = false;
    break;
  }
  const { best, tried } = detectFormat(
    makeSample(opening.path, Buffer.concat(parts).subarray(0, SAMPLE_BYTES), complete),
  );
  // A connector that writes the text itself knows what it wrote.
  const known = opening.format === null ? undefined : formatById(opening.format);
  return {
    path,
    format: known?.id ?? best?.format.id ?? null,
    confidence: known === undefined ? (best?.confidence ?? 0) : 1,
    tried,
  };
}
