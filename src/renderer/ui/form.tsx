/** A form that sends something: what went wrong stands above its buttons, Escape leaves it. */
import type { LucideIcon } from "lucide-react";
import { useState, type ReactNode } from "react";
import { asFailure } from "../../shared/failure.ts";
import { Button } from "./button.tsx";
import "./form-field.css";

export interface Sending {
  readonly busy: boolean;
  /** Why the last one failed; empty without a failure. */
  readonly failure: string;
  /** One at a time; what is asked for meanwhile is left out. */
  readonly send: (act: () => Promise<void>) => Promise<void>;
  readonly forget: () => void;
}

export function useSending(): Sending {
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const send = async (act: () => Promise<void>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await act();
    } catch (thrown) {
      setFailure(asFailure(thrown).message);
      setBusy(false);
    }
  };
  return { busy, failure, send, forget: () => setFailure("") };
}

interface FormProps {
  readonly label: string;
  readonly className: string;
  readonly sending: Pick<Sending, "busy" | "failure">;
  /** The button that sends it. */
  readonly action: string;
  readonly icon: LucideIcon;
  /** Where what is typed goes. */
  readonly note: string;
  readonly onSubmit: () => Promise<void>;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

export function Form(props: FormProps): ReactNode {
  const { label, className, sending, action, icon, note, onSubmit, onCancel, children } = props;
  return (
    <form
      className={className}
      aria-label={label}
      autoComplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
    >
      {children}
      {sending.failure !== "" && (
        <p className="form-problem" role="alert">
          {sending.failure}
        </p>
      )}
      <div className="form-actions">
        <Button type="submit" tone="primary" icon={icon} disabled={sending.busy}>
          {action}
        </Button>
        <Button tone="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <span className="second">{note}</span>
      </div>
    </form>
  );
}
