import { type Rows, saveRow, useAct } from "~/api/rows";
import { none } from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { TextArea, TextField } from "~/ui/Field";
import { useMay } from "~/rights";
import { Form } from "~/ui/Form";
import { Card } from "~/ui/Page";
import { toast } from "~/ui/toast";
import { readLabels, useForm, writeLabels } from "~/ui/useForm";

/** What people keep with a backup. */
export function BackupNotes({ backup }: { backup: Rows["backups"] }) {
  const t = useTranslate();
  const save = useAct((body: object) => saveRow("backups", body, backup), "backups");
  const form = useForm({ labels: writeLabels(backup.labels), notes: backup.notes }, async ({ labels, notes }) => {
    await save.mutateAsync({ labels: readLabels(labels), notes });
    toast(t("act.saved"));
  });
  if (!useMay("operate"))
    return (
      <Card title={t("column.notes")}>
        <p className="p-4 break-words whitespace-pre-line text-muted">{backup.notes || none}</p>
      </Card>
    );
  return (
    <Card title={t("column.notes")}>
      <div className="p-4">
        <Form form={form} action={t("act.save")}>
          <TextField label={t("column.labels")} help={t("labels.help")} {...form.text("labels")} />
          <TextArea label={t("column.notes")} {...form.text("notes")} />
        </Form>
      </div>
    </Card>
  );
}
