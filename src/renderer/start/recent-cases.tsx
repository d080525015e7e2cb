/** Cases that were open before, the last one first; those whose file is gone say so. */
import { FileX2, X } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import type { RecentCase } from "../../shared/contract.ts";
import { call } from "../bridge.ts";
import { formatCountOf } from "../../shared/text/number.ts";
import { openCase, refreshApp } from "../state/case.ts";
import { attempt } from "../state/notices.ts";
import { useZone } from "../state/zone.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { ago, caseSpan, servicesText } from "./when.ts";

const MICROS_PER_MS = 1000;

async function forget(file: string): Promise<void> {
  await call("app.forget", { file });
  await refreshApp();
}

const open = (one: RecentCase): void => {
  if (one.exists) attempt(() => openCase(one.file));
};

export function RecentCases({ recent }: { readonly recent: readonly RecentCase[] }): ReactNode {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  // Whoever was here before mostly comes back to the last case: Enter opens it.
  useEffect(() => list.current?.focus({ preventScroll: true }), []);
  const [chosen, setActive] = useState(0);
  const active = Math.min(chosen, recent.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const goals: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      Home: 0,
      End: recent.length - 1,
    };
    const goal = goals[event.key];
    const one = recent[active];
    if (goal !== undefined) {
      const next = Math.min(Math.max(0, goal), recent.length - 1);
      setActive(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (one !== undefined && event.target === event.currentTarget && event.key === "Enter") {
      open(one);
    } else if (one !== undefined && event.key === "Delete") {
      attempt(() => forget(one.file));
    } else {
      return;
    }
    event.preventDefault();
  };
  return (
    <section className="recent" aria-label="Recent cases">
      <h2 id={`${id}-title`}>Recent cases</h2>
      <ul
        ref={list}
        role="listbox"
        aria-labelledby={`${id}-title`}
        aria-activedescendant={`${id}-${active}`}
        tabIndex={0}
        data-pane="recent"
        onKeyDown={onKeyDown}
      >
        {recent.map((one, index) => (
          <li
            key={one.file}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            aria-keyshortcuts="Enter Delete"
            className={one.exists ? "recent-case" : "recent-case gone"}
            onMouseDown={() => setActive(index)}
            onClick={() => open(one)}
          >
            <RecentRow one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function RecentRow({ one }: { readonly one: RecentCase }): ReactNode {
  const zone = useZone((state) => state.zone);
  const [now] = useState(() => Date.now() * MICROS_PER_MS);
  const remove = (event: { stopPropagation(): void }): void => {
    event.stopPropagation();
    attempt(() => forget(one.file));
  };
  if (!one.exists) {
    return (
      <>
        <span className="recent-title">{one.title}</span>
        <span className="recent-when missing">
          <FileX2 size={13} aria-hidden />
          Missing
        </span>
        <span className="recent-what" title={one.file}>
          {one.file}
        </span>
        <Button tone="quiet" className="recent-remove" tabIndex={-1} onClick={remove}>
          Remove from list
        </Button>
      </>
    );
  }
  const services = servicesText(one.services);
  return (
    <>
      <span className="recent-title">{one.title}</span>
      <span className="recent-when">{caseSpan(one.from, one.to, zone) ?? "No times"}</span>
      <span className="recent-what" title={one.file}>
        {formatCountOf(one.records, "record")}
        {services !== "" && ` · ${services}`}
      </span>
      <span className="recent-opened">opened {ago(one.openedAt, now, zone)}</span>
      <IconButton icon={X} label="Remove from list" className="recent-forget" tabIndex={-1} onClick={remove} />
    </>
  );
}
