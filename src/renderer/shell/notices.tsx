/** Failures and confirmations in the corner, read out as they come. */
import { CircleAlert, Info, X } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { dismissNotice, useNotices, type Notice } from "../state/notices.ts";
import { IconButton } from "../ui/button.tsx";

/** Confirmations go by themselves; failures stay until they were read. */
const INFO_MS = 4_000;

function NoticeRow({ notice }: { readonly notice: Notice }): ReactNode {
  useEffect(() => {
    if (notice.tone !== "info") return;
    const timer = setTimeout(() => dismissNotice(notice.id), INFO_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const Icon = notice.tone === "failure" ? CircleAlert : Info;
  return (
    <li className={`notice ${notice.tone}`}>
      <Icon size={15} aria-hidden />
      <span className="selectable">{notice.message}</span>
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
