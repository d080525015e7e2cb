/** A template with its wildcards set apart from its words. */
import { Fragment, type ReactNode } from "react";
import { visibleLine } from "../../shared/text/visible.ts";

const WILDCARD = "<*>";

export function TemplateText({ text }: { readonly text: string }): ReactNode {
  const [first = "", ...rest] = text.split(WILDCARD);
  let at = 0;
  return (
    <span className="template-text mono">
      {visibleLine(first)}
      {rest.map((words) => {
        at += 1;
        return (
          <Fragment key={at}>
            <span className="wildcard">{WILDCARD}</span>
            {visibleLine(words)}
          </Fragment>
        );
      })}
    </span>
  );
}
