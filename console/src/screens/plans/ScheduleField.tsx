import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { Refusal, answer, api } from "~/api/client";
import { exactMoment } from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { SelectField, TextField } from "~/ui/Field";

const presets = ["@hourly", "@every 6h", "30 2 * * *", "30 2 * * 1-5", "@weekly", ""];

/** What a schedule means, told by the server that will follow it. */
export function useMeaning(schedule: string, zone: string) {
  return useQuery({
    queryKey: ["schedule", schedule, zone],
    queryFn: () => answer(api.POST("/api/v1/schedules/preview", { body: { schedule, zone } })),
    enabled: schedule !== "",
    retry: false,
    staleTime: 60_000,
  });
}

interface Props {
  label: string;
  name: string;
  value: string;
  zone: string;
  onChange: (to: string) => void;
}

export function ScheduleField({ label, name, value, zone, onChange }: Props) {
  const t = useTranslate();
  const meaning = useMeaning(useDeferredValue(value), zone);
  const known = presets.includes(value);
  const problem = meaning.error instanceof Refusal ? meaning.error.message : undefined;
  const said = meaning.data && `${meaning.data.description} · ${t("plan.next")}: ${meaning.data.runs[0] ? exactMoment(meaning.data.runs[0], zone) : "—"}`;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField label={label} name={`${name}-preset`} value={known ? value : "own"} onChange={(event) => onChange(event.target.value === "own" ? "0 3 * * *" : event.target.value)}>
        <option value="@hourly">{t("schedule.hourly")}</option>
        <option value="@every 6h">{t("schedule.six_hours")}</option>
        <option value="30 2 * * *">{t("schedule.nightly")}</option>
        <option value="30 2 * * 1-5">{t("schedule.workdays")}</option>
        <option value="@weekly">{t("schedule.weekly")}</option>
        <option value="">{t("plan.by_hand")}</option>
        <option value="own">{t("schedule.own")}</option>
      </SelectField>
      <TextField
        label={t("schedule.cron")}
        name={name}
        className="font-mono"
        dir="ltr"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        help={value && (problem ? <span className="text-bad">{problem}</span> : said)}
      />
    </div>
  );
}
