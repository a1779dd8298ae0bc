import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Schemas, answer, api } from "~/api/client";
import { type Rows, saveRow, useAct } from "~/api/rows";
import { useTranslate, word } from "~/i18n/runtime";
import { Dialog } from "~/ui/Dialog";
import { SelectField, TextField, Tick } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Answer } from "~/ui/States";
import { readLines, useForm } from "~/ui/useForm";

type Option = Schemas["ChannelOption"];
type Kinds = Schemas["ChannelKind"][];

export function ChannelForm({ old, onClose }: { old?: Rows["channels"]; onClose: () => void }) {
  const t = useTranslate();
  return (
    <Dialog title={old ? t("channel.edit") : t("channel.add")} onClose={onClose} wide>
      <ChannelFields old={old} onDone={onClose} onCancel={onClose} />
    </Dialog>
  );
}

interface Props {
  old?: Rows["channels"];
  onDone: () => void;
  onCancel?: () => void;
}

export function ChannelFields(props: Props) {
  const kinds = useQuery({ queryKey: ["channel-kinds"], queryFn: () => answer(api.GET("/api/v1/channel-kinds")), staleTime: Number.POSITIVE_INFINITY });
  return <Answer of={kinds}>{({ items }) => <Fields {...props} kinds={items} />}</Answer>;
}

/** What was given, as the server wants it: secrets apart, and what is blank left out. */
export function optionsOf(described: Option[], given: Record<string, string>) {
  const of = (secret: boolean) =>
    Object.fromEntries(described.filter((one) => (one.kind === "secret") === secret && given[one.name]).map((one) => [one.name, given[one.name] ?? ""]));
  const secrets = of(true);
  return { options: of(false), ...(Object.keys(secrets).length ? { secrets } : {}) };
}

function Fields({ old, onDone, onCancel, kinds }: Props & { kinds: Kinds }) {
  const t = useTranslate();
  const [given, setGiven] = useState<Record<string, string>>(old?.options ?? {});
  const [events, setEvents] = useState<string[]>(old?.kinds ?? []);
  const save = useAct((body: object) => saveRow("channels", body, old), "channels");
  const initial = { name: old?.name ?? "", driver: old?.driver ?? kinds[0]?.name ?? "", severity: old?.severity ?? "info", subjects: (old?.subjects ?? []).join(", ") };
  const form = useForm(initial, async ({ subjects, ...typed }) => {
    await save.mutateAsync({ ...typed, kinds: events, subjects: readLines(subjects), ...optionsOf(described, given) });
    onDone();
  });
  const described = kinds.find((one) => one.name === form.values.driver)?.options ?? [];
  return (
    <Form form={form} action={t("act.save")} onCancel={onCancel}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label={t("column.name")} autoFocus {...form.text("name")} />
        <SelectField label={t("channel.driver")} disabled={Boolean(old)} {...form.text("driver")}>
          {kinds.map((kind) => (
            <option key={kind.name} value={kind.name}>
              {kind.title}
            </option>
          ))}
        </SelectField>
        {described.map((option) => (
          <OptionField key={option.name} option={option} isKept={Boolean(old?.secrets_set?.includes(option.name))} value={given[option.name] ?? ""} onChange={(value) => setGiven({ ...given, [option.name]: value })} />
        ))}
        <SelectField label={t("channel.severity")} {...form.text("severity")}>
          {["info", "warning", "error"].map((one) => (
            <option key={one} value={one}>
              {word("severity", one)}
            </option>
          ))}
        </SelectField>
        <TextField label={t("channel.subjects")} help={t("channel.subjects_help")} {...form.text("subjects")} />
      </div>
      <EventKinds chosen={events} onChange={setEvents} />
    </Form>
  );
}

function OptionField({ option, isKept, value, onChange }: { option: Option; isKept: boolean; value: string; onChange: (to: string) => void }) {
  const t = useTranslate();
  const isSecret = option.kind === "secret";
  const common = { label: option.name + (option.required ? " *" : ""), name: `${isSecret ? "secrets" : "options"}.${option.name}` };
  if (option.choices.length > 0)
    return (
      <SelectField {...common} help={option.help} value={value || option.preset} onChange={(event) => onChange(event.target.value)}>
        {option.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </SelectField>
    );
  return (
    <TextField
      {...common}
      help={isKept ? t("secret.kept") : option.help}
      type={isSecret ? "password" : "text"}
      autoComplete={isSecret ? "new-password" : "off"}
      placeholder={option.preset}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function EventKinds({ chosen, onChange }: { chosen: string[]; onChange: (to: string[]) => void }) {
  const t = useTranslate();
  const kinds = useQuery({ queryKey: ["event-kinds"], queryFn: () => answer(api.GET("/api/v1/event-kinds")), staleTime: Number.POSITIVE_INFINITY });
  const toggle = (name: string) => onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  return (
    <fieldset className="rounded-lg border border-line p-3">
      <legend className="px-1 text-[13px] font-medium">{t("channel.kinds")}</legend>
      <p className="hint mb-1">{t("channel.kinds_help")}</p>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {(kinds.data?.items ?? []).map((kind) => (
          <Tick key={kind.name} label={kind.title} checked={chosen.includes(kind.name)} onChange={() => toggle(kind.name)} />
        ))}
      </div>
    </fieldset>
  );
}
