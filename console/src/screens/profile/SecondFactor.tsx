import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "~/api/client";
import { useTranslate } from "~/i18n/runtime";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Card } from "~/ui/Page";
import { Answer } from "~/ui/States";
import { toast } from "~/ui/toast";
import { useForm } from "~/ui/useForm";
import { NewFactor } from "./NewFactor";
import { RecoveryCodes } from "./RecoveryCodes";

/** A second thing that is needed to sign in: an authenticator, or a recovery code. */
export function SecondFactor() {
  const t = useTranslate();
  const client = useQueryClient();
  const [open, setOpen] = useState<"new" | "codes" | "remove">();
  const state = useQuery({ queryKey: ["second-factor"], queryFn: () => answer(api.GET("/api/v1/second-factor")) });
  const close = () => {
    setOpen(undefined);
    // Rights may hang on it: all is read again.
    void client.invalidateQueries();
  };
  return (
    <Card
      title={t("factor.title")}
      acts={state.data && (state.data.enabled ? <Badge tone="ok">{t("factor.on")}</Badge> : <Badge tone="warn">{t("factor.off")}</Badge>)}
    >
      <Answer of={state} rows={2}>
        {({ enabled, recovery_codes }) => (
          <div className="flex flex-col gap-3 p-4">
            <p className="text-muted">{enabled ? t("factor.codes_left", { count: recovery_codes }) : t("factor.about")}</p>
            <div className="flex flex-wrap gap-2">
              {!enabled && (
                <Button kind="primary" onClick={() => setOpen("new")}>
                  {t("factor.set_up")}
                </Button>
              )}
              {enabled && <Button onClick={() => setOpen("codes")}>{t("factor.new_codes")}</Button>}
              {enabled && (
                <Button kind="danger" onClick={() => setOpen("remove")}>
                  {t("factor.remove")}
                </Button>
              )}
            </div>
          </div>
        )}
      </Answer>
      {open === "new" && <NewFactor onClose={close} />}
      {open === "codes" && <NewCodes onClose={close} />}
      {open === "remove" && <RemoveFactor onClose={close} />}
    </Card>
  );
}

export function CodeField(props: { name: string; value: string; onChange: (event: React.ChangeEvent<HTMLInputElement>) => void }) {
  const t = useTranslate();
  return <TextField label={t("door.code")} className="font-mono" autoComplete="one-time-code" inputMode="numeric" autoFocus spellCheck={false} {...props} />;
}

function NewCodes({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const [codes, setCodes] = useState<string[]>();
  const form = useForm({ code: "" }, async ({ code }) => {
    setCodes((await answer(api.POST("/api/v1/second-factor/recovery-codes", { body: { code: code.trim() } }))).codes);
  });
  return (
    <Dialog title={t("factor.new_codes")} onClose={onClose}>
      {codes ? (
        <RecoveryCodes codes={codes} onDone={onClose} />
      ) : (
        <Form form={form} action={t("factor.new_codes")} onCancel={onClose}>
          <p className="text-muted">{t("factor.new_codes_about")}</p>
          <CodeField {...form.text("code")} />
        </Form>
      )}
    </Dialog>
  );
}

function RemoveFactor({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const form = useForm({ code: "" }, async ({ code }) => {
    await answer(api.POST("/api/v1/second-factor/remove", { body: { code: code.trim() } }));
    toast(t("factor.removed"));
    onClose();
  });
  return (
    <Dialog title={t("factor.remove")} onClose={onClose}>
      <Form form={form} action={t("factor.remove")} danger onCancel={onClose}>
        <p>{t("factor.remove_about")}</p>
        <CodeField {...form.text("code")} />
      </Form>
    </Dialog>
  );
}
