/** Every attempt to read a dead letter and every edit of it, newest first. */
import type { ReactNode } from "react";
import type { CallOutput } from "../../shared/contract.ts";
import { Section } from "../detail/parts.tsx";
import { formatCountOf } from "../../shared/text/number.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { visibleText } from "../../shared/text/visible.ts";
import { useZone } from "../state/zone.ts";
import { STEP_WORDS } from "./words.ts";

type Step = CallOutput<"deadLetters.get">["history"][number];

export function History({ steps }: { readonly steps: readonly Step[] }): ReactNode {
  if (steps.length === 0) return null;
  const newestFirst = steps.map((step, index) => ({ id: index, step })).toReversed();
  return (
    <Section title="History" aside={formatCountOf(steps.length, "step")}>
      <ol className="letter-history">
        {newestFirst.map(({ id, step }) => (
          <StepRow key={id} step={step} />
        ))}
      </ol>
    </Section>
  );
}

function StepRow({ step }: { readonly step: Step }): ReactNode {
  const zone = useZone((state) => state.zone);
  const { at, action, attempt, format, zone: readIn, encoding, message, text } = step;
  const readAs = [format, readIn, encoding].filter((part) => part !== null && part !== "");
  return (
    <li>
      <div>
        {STEP_WORDS[action]}
        {attempt > 0 && <span className="second"> attempt {attempt}</span>}
        {readAs.length > 0 && <span className="second"> as {readAs.join(", ")}</span>}
      </div>
      {message !== null && <div className="second selectable">{visibleText(message)}</div>}
      {text !== null && <pre className="mono selectable">{visibleText(new TextDecoder().decode(text))}</pre>}
      <div className="second">{formatMoment(at, zone, 0)}</div>
    </li>
  );
}
