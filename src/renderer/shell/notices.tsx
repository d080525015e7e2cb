/** Failures and confirmations in the corner, read out as they come. */
import { CircleAlert, Info, X } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { visibleText } from "../../shared/text/visible.ts";
import { dismissNotice, useNotices, type Notice } from "../state/notices.ts";
import { IconButton } from "../ui/button.tsx";

/** Confirmations go by themselves; failures stay until they were read. */
const INFO_MS = 4_000;
/** Long enough to think about taking something back. */
const ACTION_MS = 12_000;

function NoticeRow({ notice }: { readonly notice: Notice }): ReactNode {
  const { action } = notice;
  useEffect(() => {
    if (notice.tone !== "info") return undefined;
    const timer = setTimeout(() => dismissNotice(notice.id), notice.action === null ? INFO_MS : ACTION_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const Icon = notice.tone === "failure" ? CircleAlert : Info;
  return (
    <li className={`notice ${notice.tone}`}>
      <Icon size={15} aria-hidden />
      <span className="selectable" title={visibleText(notice.message)}>
        {visibleText(notice.message)}
      </span>
      {action !== null && (
        <button
          type="button"
          className="link"
          title={action.undoes ? "Ctrl/Cmd+Z does it too" : undefined}
          onClick={() => {
            dismissNotice(notice.id);
            action.run();
          }}
        >
          {action.title}
        </button>
      )}
      <IconButton icon={X} label="Dismiss" onClick={() => dismissNotice(notice.id)} />
    </li>
  );
}

export function Notices(): ReactNode {
  const notices = useNotices((state) => state.notices);
  return (
    <ul className="notices" aria-live="polite">
      {notices.map((notice) => (
        <NoticeRow key={notice.id} notice={notice} />
      ))}
    </ul>
  );
}
