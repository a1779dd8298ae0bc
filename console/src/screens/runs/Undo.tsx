import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type Schemas, answer, api } from "~/api/client";
import { useAct, useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "~/ui/Button";
import { Confirm } from "~/ui/Confirm";

/** The way back from a restore that replaced a database, while the server keeps what was there. */
export function Undo({ run }: { run: Schemas["Run"] }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const replaced = useRows("replacements", { run: run.id }, run.kind === "restore" && run.order.replace);
  const kept = replaced.data?.items.find((one) => one.state === "kept");
  const undo = useAct(async () => {
    const entered = await answer(api.POST("/api/v1/runs/{id}/undo", { params: { path: { id: run.id } }, body: { confirm: kept?.name ?? "" } }));
    await navigate({ to: "/runs/$id", params: { id: entered.id } });
  }, "runs", "replacements");
  if (!kept) return null;
  return (
    <>
      <Button needs="operate" onClick={() => setAsking(true)}>{t("run.undo")}</Button>
      {asking && (
        <Confirm title={t("run.undo")} action={t("run.undo")} target={kept.name} act={() => undo.mutateAsync(undefined)} onClose={() => setAsking(false)}>
          <p>{t("run.undo_warning", { name: kept.name, kept: kept.kept_as })}</p>
        </Confirm>
      )}
    </>
  );
}
