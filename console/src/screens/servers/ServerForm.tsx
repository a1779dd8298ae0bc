import { useNavigate } from "@tanstack/react-router";
import { type Rows, saveRow, useAct } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { Dialog } from "~/ui/Dialog";
import { TextArea, TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { readLabels, useForm, writeLabels } from "~/ui/useForm";

/** A pasted address may hold the password; it belongs where it is kept encrypted. */
export function takePassword(address: string): { url: string; password: string } {
  const found = /^([a-z+]+:\/\/[^:/@?#]*):([^@/]*)@(.*)$/i.exec(address.trim());
  if (!found) return { url: address.trim(), password: "" };
  try {
    return { url: `${found[1]}@${found[3]}`, password: decodeURIComponent(found[2] ?? "") };
  } catch {
    return { url: `${found[1]}@${found[3]}`, password: found[2] ?? "" };
  }
}

export function ServerForm({ old, onClose, onSaved }: { old?: Rows["servers"]; onClose: () => void; onSaved?: (row: Rows["servers"]) => void }) {
  const t = useTranslate();
  return (
    <Dialog title={old ? t("server.edit") : t("server.add")} onClose={onClose}>
      <ServerFields old={old} onClose={onClose} onSaved={onSaved} />
    </Dialog>
  );
}

export function ServerFields({ old, onClose, onSaved }: { old?: Rows["servers"]; onClose?: () => void; onSaved?: (row: Rows["servers"]) => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const save = useAct((body: object) => saveRow("servers", body, old), "servers", "server-test");
  const initial = { name: old?.name ?? "", url: old?.url ?? "", secret: "", labels: writeLabels(old?.labels ?? {}), notes: old?.notes ?? "" };
  const form = useForm(initial, async ({ secret, labels, ...typed }) => {
    const { url, password } = takePassword(typed.url);
    const given = secret || password;
    const row = await save.mutateAsync({ ...typed, url, labels: readLabels(labels), ...(given ? { secret: given } : {}) });
    onClose?.();
    if (onSaved) onSaved(row);
    else await navigate({ to: "/servers/$id", params: { id: row.id } });
  });
  return (
    <Form form={form} action={t("act.save")} onCancel={onClose}>
      <TextField label={t("column.name")} autoFocus {...form.text("name")} />
      <TextField label={t("server.url")} help={t("server.url_help")} placeholder="postgres://backup@db.example.com:5432/" className="font-mono text-[13px]" spellCheck={false} dir="ltr" {...form.text("url")} />
      <TextField label={t("door.password")} type="password" autoComplete="new-password" help={old ? t("secret.kept") : t("secret.sealed")} {...form.text("secret")} />
      <TextField label={t("column.labels")} help={t("labels.help")} {...form.text("labels")} />
      <TextArea label={t("column.notes")} {...form.text("notes")} />
    </Form>
  );
}
