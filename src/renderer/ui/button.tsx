/** Buttons with words and buttons with an icon; the latter always have a name and say it in a tooltip. */
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Hint } from "./tooltip.tsx";

type ButtonProps = ComponentProps<"button"> & {
  readonly tone?: "plain" | "quiet" | "primary";
  readonly large?: boolean;
  readonly icon?: LucideIcon;
};

export function Button({
  tone = "plain",
  large = false,
  icon: Icon,
  className,
  children,
  ...rest
}: ButtonProps): ReactNode {
  const classes = ["button", tone === "plain" ? "" : tone, large ? "large" : "", className ?? ""];
  return (
    <button type="button" className={classes.filter(Boolean).join(" ")} {...rest}>
      {Icon && <Icon size={14} aria-hidden />}
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title"> & {
  readonly icon: LucideIcon;
  readonly label: string;
  /** Binding of the command that does the same, shown in the tooltip. */
  readonly keys?: string;
  readonly pressed?: boolean;
  /** One of very many: the system's own tooltip, which costs nothing until it is shown. */
  readonly light?: boolean;
};

export function IconButton(props: IconButtonProps): ReactNode {
  const { icon: Icon, label, keys, pressed, light = false, className, ...rest } = props;
  const button = (
    <button
      type="button"
      className={`icon-button ${className ?? ""}`}
      aria-label={label}
      aria-pressed={pressed}
      title={light ? label : undefined}
      {...rest}
    >
      <Icon size={15} aria-hidden />
    </button>
  );
  if (light) return button;
  return (
    <Hint text={label} {...(keys === undefined ? {} : { keys })}>
      {button}
    </Hint>
  );
}
