import { useNavigate } from "@tanstack/react-router";
import { type Rows, saveRow, useAct } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { Dialog } from "~/ui/Dialog";
import { TextArea, TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { readLabels, useForm, writeLabels } from "~/ui/useForm";

const gigabyte = 1e9;

export function StoreForm({ old, onClose }: { old?: Rows["stores"]; onClose: () => void }) {
  const t = useTranslate();
  return (
    <Dialog title={old ? t("store.edit") : t("store.add")} onClose={onClose}>
      <StoreFields old={old} onClose={onClose} />
    </Dialog>
  );
}

export function StoreFields({ old, onClose, onSaved }: { old?: Rows["stores"]; onClose?: () => void; onSaved?: (row: Rows["stores"]) => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const save = useAct((body: object) => saveRow("stores", body, old), "stores", "statistics", "store-test");
  const initial = {
    name: old?.name ?? "",
    url: old?.url ?? "",
    access_key: "",
    secret_key: "",
    cap: old?.bytes_max ? String(old.bytes_max / gigabyte) : "",
    labels: writeLabels(old?.labels ?? {}),
    notes: old?.notes ?? "",
  };
  const form = useForm(initial, async ({ access_key, secret_key, cap, labels, ...typed }) => {
    const given = { ...(access_key ? { access_key } : {}), ...(secret_key ? { secret_key } : {}) };
    const row = await save.mutateAsync({
      ...typed,
      bytes_max: Math.round(Number(cap || 0) * gigabyte),
      labels: readLabels(labels),
      ...(Object.keys(given).length ? { secrets: given } : {}),
    });
    onClose?.();
    if (onSaved) onSaved(row);
    else await navigate({ to: "/stores/$id", params: { id: row.id } });
  });
  const isFile = form.values.url === "" || form.values.url.startsWith("file:");
  return (
    <Form form={form} action={t("act.save")} onCancel={onClose}>
      <TextField label={t("column.name")} autoFocus {...form.text("name")} />
      <TextField label={t("store.url")} help={t("store.url_help")} placeholder="file:///srv/backups" className="font-mono text-[13px]" spellCheck={false} dir="ltr" {...form.text("url")} />
      {!isFile && (
        <>
          <TextField label={t("store.access_key")} autoComplete="off" help={old ? t("secret.kept") : undefined} {...form.text("access_key")} />
          <TextField label={t("store.secret_key")} type="password" autoComplete="new-password" help={old ? t("secret.kept") : t("secret.sealed")} {...form.text("secret_key")} />
        </>
      )}
      <TextField label={t("store.cap")} help={t("store.cap_help")} inputMode="decimal" {...form.text("cap")} />
      <TextField label={t("column.labels")} help={t("labels.help")} {...form.text("labels")} />
      <TextArea label={t("column.notes")} {...form.text("notes")} />
    </Form>
  );
}
