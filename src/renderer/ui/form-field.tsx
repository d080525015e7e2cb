/** One labelled field of a form, with what is wrong with it beneath. */
import { useId, type ReactNode } from "react";
import "./form-field.css";

export interface InputProps {
  readonly id: string;
  readonly className: string;
  readonly value: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

interface FormFieldProps {
  readonly label: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly children: (input: InputProps) => ReactNode;
}

export function FormField({ label, value, problem, children }: FormFieldProps): ReactNode {
  const id = useId();
  const wrong = problem !== undefined;
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        className: "field",
        value,
        "aria-invalid": wrong,
        "aria-describedby": wrong ? `${id}-problem` : undefined,
      })}
      {wrong && (
        <span id={`${id}-problem`} className="form-problem">
          {problem}
        </span>
      )}
    </div>
  );
}
