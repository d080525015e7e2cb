/** The folder that all files of the case lie in: lists leave it out of their paths. */
import { useMemo } from "react";
import { useCase } from "../state/case.ts";
import { commonFolder, isAddress } from "../../shared/text/path.ts";

export function useCommonFolder(): string {
  const sources = useCase((state) => state.sources);
  return useMemo(
    // A folder that was opened is a source too, and lies above its own files.
    () =>
      commonFolder(
        sources.filter(({ connector, path }) => connector !== "folder" && !isAddress(path)).map(({ path }) => path),
      ),
    [sources],
  );
}
