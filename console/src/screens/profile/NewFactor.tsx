import { useState } from "react";
import { type Schemas, answer, api } from "~/api/client";
import { useTranslate } from "~/i18n/runtime";
import { Copyable } from "~/ui/Copyable";
import { Dialog } from "~/ui/Dialog";
import { TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { useForm } from "~/ui/useForm";
import { QrCode } from "./QrCode";
import { RecoveryCodes } from "./RecoveryCodes";
import { CodeField } from "./SecondFactor";

type Made = Schemas["NewFactor"];

/** Password, then the picture to scan, then a code to prove that it was, then the recovery codes. */
export function NewFactor({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const [made, setMade] = useState<Made>();
  const [codes, setCodes] = useState<string[]>();
  return (
    <Dialog title={t("factor.set_up")} onClose={onClose}>
      {codes ? <RecoveryCodes codes={codes} onDone={onClose} /> : made ? <Scan made={made} onCodes={setCodes} onCancel={onClose} /> : <AskPassword onMade={setMade} onCancel={onClose} />}
    </Dialog>
  );
}

function AskPassword({ onMade, onCancel }: { onMade: (made: Made) => void; onCancel: () => void }) {
  const t = useTranslate();
  const form = useForm({ password: "" }, async (body) => onMade(await answer(api.POST("/api/v1/second-factor", { body }))));
  return (
    <Form form={form} action={t("start.next")} onCancel={onCancel}>
      <p className="text-muted">{t("factor.password_first")}</p>
      <TextField label={t("door.password")} type="password" autoComplete="current-password" autoFocus {...form.text("password")} />
    </Form>
  );
}

function Scan({ made, onCodes, onCancel }: { made: Made; onCodes: (codes: string[]) => void; onCancel: () => void }) {
  const t = useTranslate();
  const form = useForm({ code: "" }, async ({ code }) => onCodes((await answer(api.POST("/api/v1/second-factor/confirm", { body: { code: code.trim() } }))).codes));
  return (
    <Form form={form} action={t("factor.confirm")} onCancel={onCancel}>
      <p className="text-muted">{t("factor.scan")}</p>
      <QrCode text={made.url} name={t("factor.qr")} />
      <Copyable text={made.secret} name={t("factor.secret")} />
      <CodeField {...form.text("code")} />
    </Form>
  );
}
