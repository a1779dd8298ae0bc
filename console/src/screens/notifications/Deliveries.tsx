import { Send } from "lucide-react";
import { answer, api } from "~/api/client";
import { useAct, useById } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate, word } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import { StateBadge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Moment } from "~/ui/Moment";
import { toastProblem } from "~/ui/toast";

/** The title of the event that a delivery carries. */
export function titleOf(event: string): string {
  try {
    return (JSON.parse(event) as { title?: string }).title ?? formats.none;
  } catch {
    return formats.none;
  }
}

export function Deliveries() {
  const t = useTranslate();
  const channels = useById("channels");
  const replay = useAct((id: string) => answer(api.POST("/api/v1/deliveries/{id}/replay", { params: { path: { id } } })), "deliveries");
  return (
    <RowList
      kind="deliveries"
      name={t("notifications.deliveries")}
      sort="-id"
      searched={false}
      filters={[
        { field: "state", label: t("column.state"), choices: ["waiting", "delivered", "given up"].map((state) => [state, word("state", state.replace(" ", "_"))]) },
        { field: "channel", label: t("notifications.channel"), choices: [...channels.values()].map((one) => [one.id, one.name]) },
      ]}
      columns={[
        {
          id: "what",
          label: t("notifications.what"),
          main: true,
          cell: (row) => (
            <>
              <div className="font-medium">{titleOf(row.event)}</div>
              {row.answer && <p className="line-clamp-2 text-xs break-words text-muted">{row.answer}</p>}
            </>
          ),
        },
        { id: "state", label: t("column.state"), corner: true, cell: (row) => <StateBadge state={row.state} /> },
        { id: "channel", label: t("notifications.channel"), cell: (row) => channels.get(row.channel)?.name ?? formats.none },
        { id: "attempts", label: t("column.attempt"), cell: (row) => formats.count(row.attempts) },
        { id: "when", label: t("column.when"), cell: (row) => <Moment at={row.created} /> },
        {
          id: "acts",
          label: "",
          cell: (row) => (
            <Button needs="operate" size="small" onClick={() => replay.mutateAsync(row.id).catch(toastProblem)}>
              {t("delivery.replay")}
            </Button>
          ),
        },
      ]}
      empty={{ icon: Send, title: t("deliveries.empty") }}
    />
  );
}
