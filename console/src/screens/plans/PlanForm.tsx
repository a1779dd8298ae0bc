import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSettings } from "~/api/figures";
import { type Kind, type Rows, saveRow, useAct, useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { Dialog } from "~/ui/Dialog";
import { SelectField, TextArea, TextField, Tick } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Answer } from "~/ui/States";
import { readLabels, useForm, writeLabels } from "~/ui/useForm";
import { DestinationsField } from "./DestinationsField";
import { ScheduleField } from "./ScheduleField";

interface Props {
  old?: Rows["plans"];
  databases?: string[];
  onClose: () => void;
}

export function PlanForm(props: Props) {
  const t = useTranslate();
  return (
    <Dialog title={props.old ? t("plan.edit") : t("plan.add")} onClose={props.onClose} wide>
      <PlanFields {...props} />
    </Dialog>
  );
}

const usual = { keep_last: 0, keep_days: 0, daily: 7, weekly: 4, monthly: 12, yearly: 1, bytes_max: 0 };
const zones = Intl.supportedValuesOf("timeZone");

export function PlanFields(props: Omit<Props, "onClose"> & { onClose?: () => void; onSaved?: (row: Rows["plans"]) => void }) {
  const settings = useSettings();
  const keys = useRows("keys", { limit: 50 });
  const stores = useRows("stores", { limit: 2 });
  // What is usual fills the form, so it has to be known first.
  return (
    <Answer of={settings}>
      {(chosen) => (
        <Answer of={keys}>
          {({ items }) => (
            <Answer of={stores}>
              {(page) => <Fields {...props} zone={chosen.zone} keys={items.map((key) => key.id)} store={page.items.length === 1 ? page.items[0]?.id : undefined} />}
            </Answer>
          )}
        </Answer>
      )}
    </Answer>
  );
}

type FieldsProps = Parameters<typeof PlanFields>[0] & { zone: string; keys: string[]; store?: string };

function Fields({ old, databases: given = [], onClose, onSaved, zone, keys: allKeys, store }: FieldsProps) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [databases, setDatabases] = useState(old?.databases ?? given);
  const [destinations, setDestinations] = useState(old?.destinations ?? (store ? [{ store, retention: usual }] : []));
  const [keys, setKeys] = useState(old?.keys ?? allKeys);
  const save = useAct((body: object) => saveRow("plans", body, old), "plans", "protection");
  const initial = {
    name: old?.name ?? "",
    schedule: old?.schedule ?? "30 2 * * *",
    zone: old?.zone ?? zone,
    encrypted: old?.encrypted ?? true,
    verify_schedule: old?.verify_schedule ?? "@weekly",
    verify_level: String(old?.verify_level ?? 4),
    labels: writeLabels(old?.labels ?? {}),
    notes: old?.notes ?? "",
  };
  const form = useForm(initial, async ({ labels, verify_level, ...typed }) => {
    const row = await save.mutateAsync({ ...typed, databases, destinations, keys, labels: readLabels(labels), verify_level: Number(verify_level) });
    onClose?.();
    if (onSaved) onSaved(row);
    else await navigate({ to: "/plans/$id", params: { id: row.id } });
  });
  return (
    <Form form={form} action={t("act.save")} onCancel={onClose}>
      <TextField label={t("column.name")} autoFocus {...form.text("name")} />
      <Choices kind="databases" label={t("plan.databases")} chosen={databases} onChange={setDatabases} />
      <ScheduleField label={t("plan.schedule")} name="schedule" zone={form.values.zone} value={form.values.schedule} onChange={(schedule) => form.set({ schedule })} />
      <SelectField label={t("plan.zone")} {...form.text("zone")}>
        {[...new Set(["UTC", form.values.zone, ...zones])].map((name) => (
          <option key={name}>{name}</option>
        ))}
      </SelectField>
      <DestinationsField value={destinations} onChange={setDestinations} preset={usual} />
      <Tick label={t("plan.encrypted")} help={t("plan.encrypted_help")} {...form.tick("encrypted")} />
      {form.values.encrypted && <Choices kind="keys" label={t("nav.keys")} chosen={keys} onChange={setKeys} />}
      <ScheduleField label={t("plan.proofs")} name="verify_schedule" zone={form.values.zone} value={form.values.verify_schedule} onChange={(verify_schedule) => form.set({ verify_schedule })} />
      <SelectField label={t("plan.verify_level")} {...form.text("verify_level")}>
        {["1", "2", "3", "4"].map((level) => (
          <option key={level} value={level}>
            {t(`level.${level as "1"}`)}
          </option>
        ))}
      </SelectField>
      <TextField label={t("column.labels")} help={t("labels.help")} {...form.text("labels")} />
      <TextArea label={t("column.notes")} {...form.text("notes")} />
    </Form>
  );
}

interface ChoicesProps {
  kind: Extract<Kind, "databases" | "keys">;
  label: string;
  chosen: string[];
  onChange: (to: string[]) => void;
}

function Choices({ kind, label, chosen, onChange }: ChoicesProps) {
  const t = useTranslate();
  const rows = useRows(kind, { limit: 500 });
  const toggle = (id: string) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset className="rounded-lg border border-line p-3">
      <legend className="px-1 text-[13px] font-medium">{label}</legend>
      <div className="grid max-h-48 gap-x-4 overflow-y-auto sm:grid-cols-2">
        {(rows.data?.items ?? []).map((row) => (
          <Tick key={row.id} label={row.name} checked={chosen.includes(row.id)} onChange={() => toggle(row.id)} />
        ))}
      </div>
      {rows.data?.items.length === 0 && <p className="text-muted">{t(`${kind}.empty`)}</p>}
    </fieldset>
  );
}
