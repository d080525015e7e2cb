/** A name that breaks between its words where it needs more than one line: http_request_ | duration_seconds. */
import { Fragment, type ReactNode } from "react";

/** Behind a separator, and where a small letter or digit is followed by a capital. */
const BETWEEN_WORDS = /(?<=[-_./:])(?=[^-_./:])|(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u;

/** A name cut into the parts that a line may end behind. */
export const wordsOf = (name: string): readonly string[] => name.split(BETWEEN_WORDS);

interface Word {
  readonly from: number;
  readonly text: string;
}

const placed = (name: string): readonly Word[] => {
  let from = 0;
  return wordsOf(name).map((text) => {
    const word = { from, text };
    from += text.length;
    return word;
  });
};

export function Breakable({ name }: { readonly name: string }): ReactNode {
  return (
    <span title={name}>
      {placed(name).map(({ from, text }) => (
        <Fragment key={from}>
          {from > 0 && <wbr />}
          {text}
        </Fragment>
      ))}
    </span>
  );
}
