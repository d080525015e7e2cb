/** What seals the sign-ins of the command line, which no key store of the system serves: a passphrase in the environment. */
import { NO_CIPHER, type Cipher } from "../engine/tokens/cipher.ts";
import { keyCipher, SHORTEST_KEY } from "../engine/tokens/key-cipher.ts";
import { UsageError } from "./failure-exit.ts";

const TOKEN_KEY = "FAULTLINE_TOKEN_KEY";

export const UNREADABLE_HERE = `The kept sign-in cannot be decrypted: set ${TOKEN_KEY} to the passphrase that it was sealed with, or sign in again.`;

type Environment = Readonly<Record<string, string | undefined>>;

export function commandLineCipher(environment: Environment): Cipher {
  const passphrase = environment[TOKEN_KEY] ?? "";
  return passphrase.length < SHORTEST_KEY ? NO_CIPHER : keyCipher(passphrase);
}

/** A sign-in that ends with the command that made it would be of no use. */
export function checkTokenKey(environment: Environment): void {
  const passphrase = environment[TOKEN_KEY] ?? "";
  if (passphrase.length >= SHORTEST_KEY) return;
  const why = passphrase === "" ? `${TOKEN_KEY} is not set` : `${TOKEN_KEY} is shorter than ${SHORTEST_KEY} characters`;
  throw new UsageError(
    `The command line has no key store, and ${why}. Set it to a passphrase of your own, the same for each command: sign-ins are sealed with it. Or sign in in the window.`,
  );
}
