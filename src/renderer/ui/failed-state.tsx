/** What could not be read, why, and the way to ask again: threads that ended are started anew with the next question. */
import { CircleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { Failure } from "../../shared/failure.ts";
import { Button } from "./button.tsx";
import { EmptyState } from "./empty-state.tsx";

interface FailedStateProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  readonly failure: Failure;
  readonly retry: () => void;
}

export const FailedState = ({ icon = CircleAlert, title, failure, retry }: FailedStateProps): ReactNode => (
  <EmptyState icon={icon} title={title} actions={<Button onClick={retry}>Try again</Button>}>
    {failure.message}
  </EmptyState>
);
