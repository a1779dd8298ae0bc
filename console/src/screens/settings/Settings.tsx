import { useState } from "react";
import { type Schemas, answer, api } from "~/api/client";
import { useSettings } from "~/api/figures";
import { useAct } from "~/api/rows";
import { type Language, languages, useLanguage, useTranslate } from "~/i18n/runtime";
import { prefer } from "~/preferences";
import { useMay } from "~/rights";
import { singleKeysOn } from "~/shell/shortcuts";
import { type Theme, themes, useTheme } from "~/shell/theme";
import { SelectField, TextField, Tick } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Card, Page } from "~/ui/Page";
import { Answer } from "~/ui/States";
import { toast } from "~/ui/toast";
import { useForm } from "~/ui/useForm";

const hour = 3600;

export default function Settings() {
  const t = useTranslate();
  const settings = useSettings();
  const administers = useMay("administer");
  return (
    <Page title={t("nav.settings")} about={t("settings.about")}>
      <div className="flex max-w-2xl flex-col gap-4">
        <Appearance />
        {administers && (
          <Card title={t("settings.organization")}>
            <Answer of={settings}>{(chosen) => <Organization key={chosen.version} chosen={chosen} />}</Answer>
          </Card>
        )}
      </div>
    </Page>
  );
}

/** Of who is signed in; every browser of theirs takes it over. */
function Appearance() {
  const t = useTranslate();
  const language = useLanguage();
  const theme = useTheme();
  const [keys, setKeys] = useState(singleKeysOn());
  return (
    <Card title={t("settings.here")}>
      <div className="grid gap-4 p-4 sm:grid-cols-2">
        <SelectField label={t("shell.language")} name="language" value={language} onChange={(event) => void prefer({ language: event.target.value as Language })}>
          {Object.entries(languages).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField label={t("settings.theme")} name="theme" value={theme} onChange={(event) => void prefer({ theme: event.target.value as Theme })}>
          {themes.map((one) => (
            <option key={one} value={one}>
              {t(`theme.${one}`)}
            </option>
          ))}
        </SelectField>
        <div className="sm:col-span-2">
          <Tick
            label={t("settings.keys")}
            help={t("settings.keys_help")}
            checked={keys}
            onChange={(event) => {
              void prefer({ single_keys: event.target.checked });
              setKeys(event.target.checked);
            }}
          />
        </div>
      </div>
    </Card>
  );
}

function Organization({ chosen }: { chosen: Schemas["Settings"] }) {
  const t = useTranslate();
  const save = useAct((body: Schemas["settings_change_body"]) => answer(api.PATCH("/api/v1/settings", { body, params: { header: { "If-Match": `"${chosen.version}"` } } })), "settings", "session", "profile");
  const initial = { zone: chosen.zone, grace: String(chosen.prune_grace_seconds / hour), audit: String(chosen.audit_keep_days), factor: chosen.require_second_factor };
  const form = useForm(initial, async ({ zone, grace, audit, factor }) => {
    await save.mutateAsync({ zone, prune_grace_seconds: Math.round(Number(grace) * hour), audit_keep_days: Number(audit), require_second_factor: factor });
    toast(t("act.saved"));
  });
  return (
    <div className="p-4">
      <Form form={form} action={t("act.save")}>
        <SelectField label={t("plan.zone")} help={t("settings.zone_help")} {...form.text("zone")}>
          {[...new Set(["UTC", chosen.zone, ...Intl.supportedValuesOf("timeZone")])].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <TextField label={t("settings.grace")} help={t("settings.grace_help")} inputMode="decimal" {...form.text("grace")} name="prune_grace_seconds" onChange={(event) => form.set({ grace: event.target.value })} />
        <TextField label={t("settings.audit_days")} help={t("settings.audit_days_help")} inputMode="numeric" {...form.text("audit")} name="audit_keep_days" onChange={(event) => form.set({ audit: event.target.value })} />
        <Tick label={t("settings.factor")} help={t("settings.factor_help")} {...form.tick("factor")} />
      </Form>
    </div>
  );
}
