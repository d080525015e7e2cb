/** A field's text on its way to the file: saved at once when it is valid and the person pauses, kept as it is when not. */
import { useEffect, useRef, useState } from "react";
import type { Setting } from "../../shared/settings/catalogue.ts";
import type { SettingValue } from "../../shared/settings/value.ts";
import { checkDraft, draftOf, isSameDraft } from "./draft.ts";
import { writeSetting } from "./store.ts";

/** Long enough to type the next digit: 5, 50 and 500 are not three wishes. */
const PAUSE_MS = 500;

export interface Draft {
  readonly texts: readonly string[];
  /** Why it cannot be saved; null when it can or nothing was typed. */
  readonly why: string | null;
  readonly change: (texts: readonly string[]) => void;
  /** Saves without waiting. */
  readonly commit: () => void;
  /** Back to what is saved; false when there was nothing to take back. */
  readonly revert: () => boolean;
}

export function useDraft(setting: Setting, saved: SettingValue): Draft {
  const [typed, setTyped] = useState<readonly string[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const pending = useRef<{ readonly timer: number; readonly save: () => void } | null>(null);
  const texts = typed ?? draftOf(saved);
  const checked = typed === null ? null : checkDraft(setting, typed);

  // What was typed before the view was left is meant.
  useEffect(() => () => pending.current?.save(), []);

  const drop = (): void => {
    if (pending.current !== null) clearTimeout(pending.current.timer);
    pending.current = null;
  };
  const change = (next: readonly string[]): void => {
    drop();
    setTyped(next);
    setRefusal(null);
    const value = checkDraft(setting, next);
    if (!value.ok) return;
    const save = (): void => {
      drop();
      if (isSameDraft(draftOf(value.value), draftOf(saved))) {
        setTyped((now) => (now === next ? null : now));
        return;
      }
      void writeSetting(setting.path, value.value).then((failure) => {
        if (failure === null) setTyped((now) => (now === next ? null : now));
        else setRefusal(failure.message);
      });
    };
    pending.current = { timer: window.setTimeout(save, PAUSE_MS), save };
  };
  const revert = (): boolean => {
    drop();
    setTyped(null);
    setRefusal(null);
    return typed !== null;
  };
  return {
    texts,
    why: refusal ?? (checked === null || checked.ok ? null : checked.why),
    change,
    commit: () => pending.current?.save(),
    revert,
  };
}
