/** A button that opens a list of choices, narrowed by typing. */
import { Popover } from "@base-ui/react/popover";
import { Check, ChevronDown } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ChoiceList } from "./choice-list.tsx";

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
            <ChoiceList
              placeholder={placeholder}
              choices={choices}
              onChoose={({ id }) => choose(id)}
              renderChoice={({ id, title, aside }) => (
                <>
                  <span className="picker-title">{title}</span>
                  {aside !== undefined && <span className="end">{aside}</span>}
                  {id === value && <Check size={14} aria-hidden />}
                </>
              )}
              none={<p className="menu-label">Nothing has this name.</p>}
              fieldClass="field"
              listClass="picker-list"
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
