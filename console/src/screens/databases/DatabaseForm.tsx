import { useNavigate } from "@tanstack/react-router";
import { type Rows, saveRow, useAct, useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { useServerTest } from "~/screens/servers/ServerTest";
import { Dialog } from "~/ui/Dialog";
import { SelectField, TextArea, TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { readLabels, useForm, writeLabels } from "~/ui/useForm";

/** Adds a database, or changes what is known of one. */
export function DatabaseForm({ old, server, onClose }: { old?: Rows["databases"]; server?: string; onClose: () => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const servers = useRows("servers", { limit: 500 });
  const save = useAct((body: object) => saveRow("databases", body, old), "databases", "protection");
  const only = servers.data?.items[0]?.id ?? "";
  const initial = { server: old?.server ?? server ?? "", name: old?.name ?? "", labels: writeLabels(old?.labels ?? {}), notes: old?.notes ?? "" };
  const form = useForm(initial, async (typed) => {
    const row = await save.mutateAsync({ ...typed, server: typed.server || only, labels: readLabels(typed.labels) });
    onClose();
    if (!old) await navigate({ to: "/databases/$id", params: { id: row.id } });
  });
  const found = useServerTest(form.values.server || only, !old);
  return (
    <Dialog title={old ? t("database.edit") : t("database.add")} onClose={onClose}>
      <Form form={form} action={t("act.save")} onCancel={onClose}>
        <SelectField label={t("column.server")} disabled={Boolean(old)} {...form.text("server")} value={form.values.server || only}>
          {(servers.data?.items ?? []).map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
        <TextField label={t("column.name")} help={t("database.name_help")} list="databases-found" className="font-mono" autoFocus {...form.text("name")} />
        <datalist id="databases-found">
          {(found.data?.databases ?? []).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <TextField label={t("column.labels")} help={t("labels.help")} {...form.text("labels")} />
        <TextArea label={t("column.notes")} {...form.text("notes")} />
      </Form>
    </Dialog>
  );
}
