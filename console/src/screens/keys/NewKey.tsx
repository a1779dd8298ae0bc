import { Download } from "lucide-react";
import { useState } from "react";
import { type Schemas, answer, api } from "~/api/client";
import { saveRow, useAct } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "~/ui/Button";
import { TextField, Tick } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { saveAs } from "~/ui/saving";
import { useForm } from "~/ui/useForm";

type Pair = Schemas["KeyPair"];

/** A new pair: first the sheet is taken to a safe place, then the key is used. */
export function NewKey({ onDone }: { onDone: () => void }) {
  const t = useTranslate();
  const [pair, setPair] = useState<Pair>();
  const [isTaken, setTaken] = useState(false);
  const save = useAct((body: object) => saveRow("keys", body), "keys");
  const form = useForm({ name: "main", held: true }, async ({ name, held }) => {
    if (pair) {
      await save.mutateAsync({ name, recipient: pair.recipient, ...(held ? { secret: pair.secret } : {}) });
      onDone();
      return;
    }
    setPair(await answer(api.POST("/api/v1/key-pairs")));
  });
  return (
    <Form form={form} action={pair ? t("key.use") : t("key.make")} disabled={Boolean(pair) && !isTaken}>
      <TextField label={t("column.name")} autoFocus {...form.text("name")} />
      <Tick label={t("key.hold")} help={t("key.hold_help")} {...form.tick("held")} />
      {pair && (
        <div className="flex flex-col gap-3 rounded-lg bg-warn-soft p-4 text-warn">
          <p className="font-medium">{t("key.sheet")}</p>
          <p className="text-sm">{t("key.sheet_about")}</p>
          <Button
            className="w-fit"
            onClick={() => {
              saveAs(`dumpstation-${form.values.name}.txt`, pair.sheet);
              setTaken(true);
            }}
          >
            <Download size={16} aria-hidden />
            {t("key.download")}
          </Button>
        </div>
      )}
    </Form>
  );
}
