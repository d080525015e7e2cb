// Lines as long as a file may have, of what patterns like least: each format ends with them, and loses none.
import { describe, expect, it } from "vitest";
import { formats } from "../../../src/main/engine/formats/registry.ts";
import { makeSample } from "../../../src/main/engine/formats/sample.ts";
import { micros } from "../../../src/shared/units.ts";
import { parse } from "./harness.ts";

const MEGABYTE = 1024 * 1024;
const HEADS: readonly (readonly [string, string])[] = [
  ["auditd", "type=AVC msg=audit(1781272931.123:4242): "],
  ["status-tables", "NAME   READY   STATUS   RESTARTS   AGE\n"],
  ["status-tables", "NAME "],
  ["system-snapshot", "Filesystem Size Used Avail Use% Mounted on\n/dev/vda1 10 9 1 90% /\n/dev/vda2 "],
  ["system-snapshot", "top - 14:02:11 up 3 min, "],
  ["w3c-extended", "#Fields: time cs-method cs-uri\n14:02:11 "],
  ["vpc-flow", "version srcaddr start "],
  ["job-console", "\u001b_bk;t=1781272931123\u0007"],
  ["thread-dump", '"main" #1 prio=5\n\tat '],
  ["kubectl-describe", "Name: a\nNamespace: b\nEvents:\n  Normal "],
  ["java-crash", "#\n# A fatal error has been detected by the Java Runtime Environment:\n# "],
  ["sql-table", " a | b \n---+---\n 1 | "],
  ["sql-table", "-[ RECORD 1 ]-\na | "],
  ["security-events", "CEF:0|vendor|product|1|2|name|5|"],
  ["security-events", "LEEF:2.0|vendor|product|1|2|"],
  ["log-xml", '<log4j:event level="INFO" '],
  ["log-xml", '<log4j:event level="INFO"><log4j:message>a</log4j:message><log4j:properties><log4j:data '],
  [
    "innodb-status",
    "2026-06-12 14:02:11 0x7f INNODB MONITOR OUTPUT\n----\nTRANSACTIONS\n----\n---TRANSACTION 1, ACTIVE ",
  ],
];
const FILLS = ["a", "<item ", "A ", '"', "a={ ", "section_start:1781272931:a[", " ", "1s"];

describe("a line of a megabyte", () => {
  it.each(HEADS.flatMap(([id, head]) => FILLS.map((fill) => [id, head, fill] as const)))(
    "is read by %s behind %j, of %j",
    (id, head, fill) => {
      const format = formats.find((one) => one.id === id);
      if (format === undefined) throw new Error(`no format "${id}"`);
      const bytes = new TextEncoder().encode(head + fill.repeat(MEGABYTE / fill.length));
      format.detect(makeSample("unnamed", bytes, true));
      const { read, records, deadLetters, skipped } = parse(
        format,
        bytes,
        { zone: "UTC", now: micros(4e15) },
        () => MEGABYTE,
      );
      expect(records + deadLetters + skipped).toBe(read);
    },
  );
});
