/** A button that opens a list of choices, narrowed by typing. */
import { Popover } from "@base-ui/react/popover";
import { Check, ChevronDown } from "lucide-react";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";

export interface Choice {
  readonly id: string;
  readonly title: string;
  /** Beside the title, at the end of the line. */
  readonly aside?: string;
}

interface PickerProps {
  /** What is chosen, for the button's name: "Zone of all times". */
  readonly label: string;
  readonly shown: ReactNode;
  readonly placeholder: string;
  readonly value: string | null;
  /** Choices for what was typed, best first. */
  readonly choices: (typed: string) => readonly Choice[];
  readonly onChoose: (id: string) => void;
  readonly align?: "start" | "end";
  readonly className?: string;
}

export function Picker({
  label,
  shown,
  placeholder,
  value,
  choices,
  onChoose,
  align = "start",
  className,
}: PickerProps): ReactNode {
  const [open, setOpen] = useState(false);
  const choose = (id: string): void => {
    onChoose(id);
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={`button quiet ${className ?? ""}`} aria-label={label}>
        <span className="picker-shown">{shown}</span>
        <ChevronDown size={13} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="layer" align={align} sideOffset={4}>
          <Popover.Popup className="popup picker" aria-label={label}>
            <PickerList placeholder={placeholder} value={value} choices={choices} onChoose={choose} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

type PickerListProps = Pick<PickerProps, "placeholder" | "value" | "choices" | "onChoose">;

function PickerList({ placeholder, value, choices, onChoose }: PickerListProps): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const found = choices(typed);
  const at = Math.min(active, found.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActive(Math.min(Math.max(0, at + step), found.length - 1));
    }
    const chosen = found[at];
    if (event.key === "Enter" && chosen !== undefined) onChoose(chosen.id);
  };
  return (
    <>
      <input
        className="field"
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        aria-label={placeholder}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={id} role="listbox" className="picker-list">
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
            onClick={() => onChoose(choice.id)}
          >
            <span className="picker-title">{choice.title}</span>
            {choice.aside !== undefined && <span className="end">{choice.aside}</span>}
            {choice.id === value && <Check size={14} aria-hidden />}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="menu-label">Nothing has this name.</p>}
    </>
  );
}
