/** What a file that no format fits is, when its first bytes tell that it is no text at all. */
const KINDS: readonly (readonly [name: string, offset: number, hex: string])[] = [
  ["a gzip file inside of a gzip file and so on, more often than is opened; unpack it and open that", 0, "1f8b08"],
  ["a Faultline case; open it as a case of its own", 68, "464c544c"],
  ["an SQLite database", 0, "53514c69746520666f726d61742033"],
  ["a tar archive whose beginning is damaged; unpack what can be of it, and open the folder", 257, "7573746172"],
  [
    "a bzip2 file inside of a compressed file and so on, more often than is opened; unpack it and open that",
    0,
    "425a68",
  ],
  [
    "an xz file inside of a compressed file and so on, more often than is opened; unpack it and open that",
    0,
    "fd377a585a00",
  ],
  ["an lz4 file; unpack it and open that", 0, "04224d18"],
  ["a file of compress (.Z); unpack it and open that", 0, "1f9d"],
  ["a 7-Zip archive; unpack it and open that", 0, "377abcaf271c"],
  ["a RAR archive; unpack it and open that", 0, "526172211a07"],
  ["a network capture (pcap)", 0, "d4c3b2a1"],
  ["a network capture (pcap)", 0, "a1b2c3d4"],
  ["a network capture (pcap)", 0, "4d3cb2a1"],
  ["a network capture (pcapng)", 0, "0a0d0d0a"],
  ["a PNG image", 0, "89504e470d0a1a0a"],
  ["a JPEG image", 0, "ffd8ff"],
  ["a PDF document", 0, "255044462d"],
  ["a Parquet file", 0, "50415231"],
  ["a program (ELF)", 0, "7f454c46"],
  ["a Java heap dump", 0, "4a4156412050524f46494c45"],
  ["a systemd journal; export it with journalctl -o json, and open that", 0, "4c504b5348485248"],
  ["a Windows event log; export it as text, and open that", 0, "456c6646696c6500"],
];

/** Of the first bytes, more control characters than this share are found in no text. */
const CONTROL_SHARE = 0.02;
const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
const ESCAPE = 0x1b;
const SPACE = 0x20;

/** A sentence; null for what may well be text. */
export function binaryNote(head: Uint8Array): string | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const kind = KINDS.find(([, offset, hex]) => bytes.toString("hex", offset, offset + hex.length / 2) === hex);
  if (kind !== undefined) return `The file is binary: ${kind[0]}.`;
  let controls = 0;
  for (const byte of bytes) {
    if (byte < TAB || (byte > CARRIAGE_RETURN && byte < SPACE && byte !== ESCAPE)) controls += 1;
  }
  return controls > bytes.length * CONTROL_SHARE
    ? "The file looks binary: its first bytes hold control characters, which text does not."
    : null;
}
