import { Plus, Send } from "lucide-react";
import { useState } from "react";
import { answer, api } from "~/api/client";
import { type Rows, removeRow, useAct } from "~/api/rows";
import { useTranslate, word } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import { Badge } from "~/ui/Badge";
import { useMay } from "~/rights";
import { Button, NameButton } from "~/ui/Button";
import { Confirm } from "~/ui/Confirm";
import { toast, toastProblem } from "~/ui/toast";
import { ChannelForm } from "./ChannelForm";

export function Channels() {
  const t = useTranslate();
  const may = useMay("administer");
  const [editing, setEditing] = useState<Rows["channels"] | "new">();
  const [removing, setRemoving] = useState<Rows["channels"]>();
  const remove = useAct((id: string) => removeRow("channels", id), "channels");
  const add = (
    <Button needs="administer" kind="primary" onClick={() => setEditing("new")}>
      <Plus size={16} aria-hidden />
      {t("channel.add")}
    </Button>
  );
  return (
    <>
      <RowList
        kind="channels"
        name={t("notifications.channels")}
        sort="name"
        tools={add}
        columns={[
          {
            id: "name",
            label: t("column.name"),
            sort: "name",
            main: true,
            cell: (row) => (
              <>
                {may ? <NameButton name={row.name} onClick={() => setEditing(row)} /> : <span className="font-medium">{row.name}</span>}
                {row.trouble && <p className="text-xs text-bad">{row.trouble}</p>}
              </>
            ),
          },
          {
            id: "state",
            label: t("column.state"),
            corner: true,
            cell: (row) => (row.paused ? <Badge tone="idle">{t("protection.paused")}</Badge> : row.down_since ? <Badge tone="bad">{t("channel.down")}</Badge> : <Badge tone="ok">{t("channel.works")}</Badge>),
          },
          { id: "driver", label: t("channel.driver"), cell: (row) => row.driver },
          { id: "severity", label: t("notifications.severity"), cell: (row) => word("severity", row.severity) },
          {
            id: "acts",
            label: "",
            cell: (row) => (
              <div className="flex justify-end gap-2">
                <TestButton id={row.id} />
                <Button needs="administer" size="small" kind="danger" onClick={() => setRemoving(row)}>
                  {t("act.remove")}
                </Button>
              </div>
            ),
          },
        ]}
        bulk={[
          { needs: "administer", action: "pause", label: t("act.pause") },
          { needs: "administer", action: "resume", label: t("act.resume") },
        ]}
        empty={{ icon: Send, title: t("channels.empty") }}
      />
      {editing && <ChannelForm old={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />}
      {removing && (
        <Confirm title={t("channel.remove")} action={t("act.remove")} target={removing.name} act={() => remove.mutateAsync(removing.id)} onClose={() => setRemoving(undefined)}>
          <p>{t("channel.remove_warning")}</p>
        </Confirm>
      )}
    </>
  );
}

function TestButton({ id }: { id: string }) {
  const t = useTranslate();
  const test = useAct(() => answer(api.POST("/api/v1/channels/{id}/test", { params: { path: { id } } })), "channels");
  const send = async () => {
    const probe = await test.mutateAsync(undefined);
    toast(probe.delivered ? t("channel.delivered") : `${probe.answer} ${probe.hint}`, !probe.delivered);
  };
  return (
    <Button needs="operate" size="small" busy={test.isPending} onClick={() => send().catch(toastProblem)}>
      {t("act.test")}
    </Button>
  );
}
