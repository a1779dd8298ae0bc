import { Link } from "@tanstack/react-router";
import { Bell as BellIcon, CircleX, Info, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { answer, api } from "~/api/client";
import { useUnread } from "~/api/figures";
import { type Rows, useAct, useRows } from "~/api/rows";
import { useTranslate, word } from "~/i18n/runtime";
import { Button } from "~/ui/Button";
import { Moment } from "~/ui/Moment";
import { Popover } from "~/ui/Popover";
import { Answer } from "~/ui/States";
import { toastProblem } from "~/ui/toast";

const marks = { info: [Info, "text-run"], warning: [TriangleAlert, "text-warn"], error: [CircleX, "text-bad"] } as const;

/** What happened lately, without leaving the page. */
export function Bell() {
  const t = useTranslate();
  const unread = useUnread().data?.unread ?? 0;
  const name = t("bell.unread", { count: unread });
  const mark = (
    <>
      <BellIcon size={17} aria-hidden />
      {unread > 0 && (
        <span aria-hidden className="absolute end-0.5 top-0.5 min-w-4 rounded-full bg-bad px-1 text-center text-[10px] leading-4 font-semibold text-surface">
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </>
  );
  return (
    <Popover name={name} title={t("notifications.centre")} mark={mark}>
      {(close) => <Latest unread={unread} close={close} />}
    </Popover>
  );
}

function Latest({ unread, close }: { unread: number; close: () => void }) {
  const t = useTranslate();
  const latest = useRows("notifications", { limit: 8, sort: "-id" });
  const [busy, setBusy] = useState(false);
  const readAll = useAct(() => answer(api.POST("/api/v1/notifications/read-all", { body: {} })), "notifications", "unread");
  const all = async () => {
    setBusy(true);
    await readAll.mutateAsync(undefined).catch(toastProblem);
    setBusy(false);
  };
  return (
    <>
      <div className="max-h-[60vh] overflow-y-auto" tabIndex={0} role="region" aria-label={t("notifications.centre")}>
        <Answer of={latest} rows={3}>
          {({ items }) => (items.length === 0 ? <p className="p-4 text-muted">{t("bell.none")}</p> : <ul>{items.map((one) => <Line key={one.id} one={one} />)}</ul>)}
        </Answer>
      </div>
      <div className="flex flex-wrap justify-between gap-2 border-t border-line p-2">
        <Link to="/notifications" onClick={close} className="rounded-md px-2.5 py-1.5 text-brand-text hover:underline">
          {t("bell.all")}
        </Link>
        {unread > 0 && (
          <Button size="small" kind="quiet" busy={busy} onClick={() => void all()}>
            {t("notifications.read_all")}
          </Button>
        )}
      </div>
    </>
  );
}

function Line({ one }: { one: Rows["notifications"] }) {
  const [Icon, tone] = marks[one.severity as keyof typeof marks] ?? marks.info;
  return (
    <li className="flex items-start gap-2.5 border-b border-line p-3 last:border-0">
      <Icon size={16} className={`mt-0.5 flex-none ${tone}`} role="img" aria-label={word("severity", one.severity)} />
      <div className="min-w-0">
        <p className={`break-words ${one.seen ? "" : "font-semibold"}`}>{one.title}</p>
        <p className="text-xs text-muted">
          <Moment at={one.created} />
        </p>
      </div>
    </li>
  );
}
