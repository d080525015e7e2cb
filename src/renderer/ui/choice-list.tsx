/** A field over a list of choices: typing narrows them, arrow keys step through them and around the ends. */
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";

/** Choices that Page Up and Page Down leap over. */
const PAGE = 8;

interface ChoiceListProps<T extends { readonly id: string }> {
  /** Of the field; said when it is empty. */
  readonly placeholder: string;
  /** Of the list; without it the field's. */
  readonly label?: string;
  /** Choices for what was typed, best first. */
  readonly choices: (typed: string) => readonly T[];
  readonly onChoose: (choice: T) => void;
  readonly renderChoice: (choice: T) => ReactNode;
  /** What stands in place of no choice. */
  readonly none: ReactNode;
  readonly fieldClass: string;
  readonly listClass: string;
}

export function ChoiceList<T extends { readonly id: string }>(props: ChoiceListProps<T>): ReactNode {
  const { placeholder, label = placeholder, choices, onChoose, renderChoice, none, fieldClass, listClass } = props;
  const id = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const found = choices(typed);
  const at = Math.min(active, found.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[event.key];
    const chosen = found[at];
    if (step !== undefined) {
      const wrapped = Math.abs(step) === 1 && found.length > 0 ? (at + step + found.length) % found.length : at + step;
      setActive(Math.max(0, Math.min(found.length - 1, wrapped)));
    } else if (event.key !== "Enter") return;
    else if (chosen !== undefined) onChoose(chosen);
    event.preventDefault();
  };
  return (
    <>
      <input
        className={fieldClass}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        aria-label={placeholder}
        placeholder={placeholder}
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={id} role="listbox" className={listClass} aria-label={label}>
        {found.map((choice, index) => (
          <li
            key={choice.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className="menu-item"
            ref={(node) => {
              if (index === at) node?.scrollIntoView({ block: "nearest" });
            }}
            onMouseMove={() => setActive(index)}
            onClick={() => onChoose(choice)}
          >
            {renderChoice(choice)}
          </li>
        ))}
      </ul>
      {found.length === 0 && none}
    </>
  );
}
