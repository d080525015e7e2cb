/**
 * Answers one call of the contract: input and output pass their schema, and whatever goes wrong is a value. Who asks may
 * be a page that was taken over: nothing that it sends is believed, and nothing of it is too strange for an answer.
 */
import { CALLS, type CallInput, type CallName, type CallOutput } from "../../shared/contract.ts";
import { asFailure, failed, ok, type Failure, type Result } from "../../shared/failure.ts";

export type Handlers = { readonly [N in CallName]: (input: CallInput<N>) => Promise<CallOutput<N>> | CallOutput<N> };

/** Characters of a failure's sentence: many repeat what they were given. */
const MOST_MESSAGE = 2_000;

/** Never rejects. */
export async function answerCall(handlers: Handlers, name: unknown, input: unknown): Promise<Result<unknown>> {
  const result = isCallName(name) ? await answer(name, handlers[name], input) : unknownCall(name);
  return result.ok ? result : { ok: false, failure: shortened(result.failure) };
}

async function answer<N extends CallName>(name: N, handler: Handlers[N], input: unknown): Promise<Result<unknown>> {
  try {
    const parsed = CALLS[name].input.safeParse(input);
    if (!parsed.success) {
      return failed("invalid-input", `${name}: ${parsed.error.issues[0]?.message ?? "invalid input"}.`);
    }
    const output: unknown = await handler(parsed.data as CallInput<N>);
    const checked = CALLS[name].output.safeParse(output);
    if (checked.success) return ok(checked.data);
    const issue = checked.error.issues[0];
    return failed(
      "internal",
      `${name} answered wrongly at ${issue?.path.join(".") ?? "?"}: ${issue?.message ?? "invalid"}.`,
    );
  } catch (thrown) {
    return { ok: false, failure: asFailure(thrown) };
  }
}

/** A name may be an object that cannot even be shown as text. */
const unknownCall = (name: unknown): Result<never> =>
  failed("unknown-call", typeof name === "string" ? `There is no call "${name}".` : "A call is named by a text.");

const shortened = ({ reason, message }: Failure): Failure =>
  message.length <= MOST_MESSAGE
    ? { reason, message }
    : { reason, message: `${message.slice(0, MOST_MESSAGE).toWellFormed()}…` };

const isCallName = (name: unknown): name is CallName => typeof name === "string" && Object.hasOwn(CALLS, name);
