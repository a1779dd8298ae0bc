import { BellOff, CircleX, Info, TriangleAlert } from "lucide-react";
import { answer, api } from "~/api/client";
import { useUnread } from "~/api/figures";
import { type Rows, saveRow, useAct } from "~/api/rows";
import { useTranslate, word } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import { Button } from "~/ui/Button";
import { Moment } from "~/ui/Moment";
import { toastProblem } from "~/ui/toast";

const marks = { info: [Info, "text-run"], warning: [TriangleAlert, "text-warn"], error: [CircleX, "text-bad"] } as const;

/** What happened, newest first; read or not. */
export function Centre() {
  const t = useTranslate();
  const unread = useUnread();
  const readAll = useAct(() => answer(api.POST("/api/v1/notifications/read-all", { body: {} })), "notifications", "unread");
  return (
    <RowList
      kind="notifications"
      name={t("notifications.centre")}
      sort="-id"
      filters={[
        { field: "seen", label: t("notifications.read"), choices: [["0", t("word.no")], ["1", t("word.yes")]] },
        { field: "severity", label: t("notifications.severity"), choices: ["info", "warning", "error"].map((one) => [one, word("severity", one)]) },
      ]}
      tools={
        (unread.data?.unread ?? 0) > 0 && (
          <Button busy={readAll.isPending} onClick={() => readAll.mutateAsync(undefined).catch(toastProblem)}>
            {t("notifications.read_all")}
          </Button>
        )
      }
      bulk={[
        { needs: "read", action: "seen", label: t("notifications.mark_read") },
        { needs: "read", action: "unseen", label: t("notifications.mark_unread") },
      ]}
      columns={[
        { id: "title", label: t("notifications.what"), main: true, cell: (row) => <What row={row} /> },
        { id: "when", label: t("column.when"), corner: true, cell: (row) => <Moment at={row.created} /> },
      ]}
      empty={{ icon: BellOff, title: t("notifications.empty") }}
    />
  );
}

function What({ row }: { row: Rows["notifications"] }) {
  const read = useAct(() => saveRow("notifications", { seen: true }, row), "notifications", "unread");
  const [Icon, tone] = marks[row.severity as keyof typeof marks] ?? marks.info;
  return (
    <div className="flex items-start gap-2.5">
      <Icon size={17} className={`mt-0.5 flex-none ${tone}`} role="img" aria-label={word("severity", row.severity)} />
      <div className="min-w-0">
        <button type="button" className={`cursor-pointer rounded-sm text-start hover:underline ${row.seen ? "" : "font-semibold"}`} onClick={() => read.mutate(undefined)}>
          {row.title}
        </button>
        {row.text && <p className="text-sm break-words whitespace-pre-line text-muted">{row.text}</p>}
      </div>
    </div>
  );
}
