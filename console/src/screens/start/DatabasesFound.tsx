import { useState } from "react";
import { saveRow, useAct, useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { useServerTest } from "~/screens/servers/ServerTest";
import { Tick } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Answer } from "~/ui/States";
import { useForm } from "~/ui/useForm";

/** What lies on the server; those that are ticked are protected from then on. */
export function DatabasesFound({ server, onDone }: { server: string; onDone: () => void }) {
  const t = useTranslate();
  const test = useServerTest(server);
  const known = useRows("databases", { server, limit: 500 });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const names = new Set((known.data?.items ?? []).map((one) => one.name));
  const add = useAct(async (name: string) => saveRow("databases", { server, name }), "databases", "protection");
  const form = useForm({}, async () => {
    for (const name of chosen) await add.mutateAsync(name);
    onDone();
  });
  const toggle = (name: string) => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
  };
  return (
    <Answer of={test}>
      {({ databases }) => (
        <Form form={form} action={t("start.protect", { count: chosen.size })} disabled={chosen.size === 0}>
          {databases.length === 0 && <p className="text-bad">{t("start.none_found")}</p>}
          <div className="grid sm:grid-cols-2">
            {databases.map((name) => (
              <Tick key={name} label={name} disabled={names.has(name)} checked={names.has(name) || chosen.has(name)} onChange={() => toggle(name)} />
            ))}
          </div>
        </Form>
      )}
    </Answer>
  );
}
