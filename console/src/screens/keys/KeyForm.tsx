import { type Rows, saveRow, useAct } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { TextArea, TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { useForm } from "~/ui/useForm";

/** A key that somebody has already: the public half is enough to back up. */
export function KeyFields({ old, onDone }: { old?: Rows["keys"]; onDone: () => void }) {
  const t = useTranslate();
  const save = useAct((body: object) => saveRow("keys", body, old), "keys");
  const form = useForm({ name: old?.name ?? "", recipient: old?.recipient ?? "", secret: "", notes: old?.notes ?? "" }, async ({ secret, ...typed }) => {
    await save.mutateAsync({ ...typed, ...(secret ? { secret } : {}) });
    onDone();
  });
  return (
    <Form form={form} action={t("act.save")} onCancel={onDone}>
      <TextField label={t("column.name")} autoFocus {...form.text("name")} />
      <TextField label={t("key.recipient")} placeholder="age1…" className="font-mono text-[13px]" dir="ltr" spellCheck={false} {...form.text("recipient")} />
      <TextField label={t("key.private")} type="password" autoComplete="off" help={old?.secrets_set?.length ? t("secret.kept") : t("key.private_help")} {...form.text("secret")} />
      <TextArea label={t("column.notes")} {...form.text("notes")} />
    </Form>
  );
}
