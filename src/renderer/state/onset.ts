/** When the incident began, as the engine last found it: the timeline draws it, times are told from it. */
import { create } from "zustand";

interface OnsetState {
  /** Null while it is not known. */
  readonly onset: number | null;
}

export const useOnset = create<OnsetState>(() => ({ onset: null }));

export const setOnset = (onset: number | null): void => useOnset.setState({ onset });
