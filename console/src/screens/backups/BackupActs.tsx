import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { answer, api } from "~/api/client";
import { type Rows, saveRow, useAct, useRows } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { useMay } from "~/rights";
import { Button, buttonLook } from "~/ui/Button";
import { Confirm } from "~/ui/Confirm";
import { toast, toastProblem } from "~/ui/toast";

export function BackupActs({ backup }: { backup: Rows["backups"] }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const may = useMay("operate");
  const [removing, setRemoving] = useState(false);
  const copies = useRows("copies", { backup: backup.id, limit: 50 });
  const condemned = copies.data?.items.some((copy) => copy.state === "condemned");
  const path = { params: { path: { id: backup.id } } };
  const pin = useAct((pinned: boolean) => saveRow("backups", { pinned }, backup), "backups");
  const keep = useAct(() => answer(api.POST("/api/v1/backups/{id}/keep", path)), "backups", "copies");
  const remove = useAct(() => answer(api.POST("/api/v1/backups/{id}/remove", path)), "backups", "copies");
  const prove = useAct(async () => {
    const run = await answer(api.POST("/api/v1/backups/{id}/verify", { ...path, body: { level: 4 } }));
    await navigate({ to: "/runs/$id", params: { id: run.id } });
  }, "runs");
  return (
    <>
      {may && (
        <Link to="/restore" search={{ backup: backup.id } as never} className={buttonLook({ kind: "primary" })}>
          {t("nav.restore")}
        </Link>
      )}
      <Button needs="operate" busy={prove.isPending} onClick={() => prove.mutateAsync(undefined).catch(toastProblem)}>{t("act.prove")}</Button>
      <Button needs="operate" busy={pin.isPending} onClick={() => pin.mutateAsync(!backup.pinned).catch(toastProblem)}>{backup.pinned ? t("backup.unpin") : t("backup.pin")}</Button>
      {condemned ? (
        <Button needs="operate" onClick={() => keep.mutateAsync(undefined).then(() => toast(t("backup.kept")), toastProblem)}>{t("backup.keep")}</Button>
      ) : (
        <Button needs="administer" kind="danger" onClick={() => setRemoving(true)}>{t("backup.remove")}</Button>
      )}
      {removing && (
        <Confirm title={t("backup.remove")} action={t("backup.remove")} target={backup.name} act={() => remove.mutateAsync(undefined)} onClose={() => setRemoving(false)}>
          <p>{t("backup.remove_warning")}</p>
          <p>{t("backup.removes", { count: copies.data?.items.length ?? 0, size: formats.bytes(backup.stored_bytes) })}</p>
        </Confirm>
      )}
    </>
  );
}
