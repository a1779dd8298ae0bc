import { useState } from "react";
import { type Schemas, answer, api } from "~/api/client";
import { useAct } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "~/ui/Button";
import { Copyable } from "~/ui/Copyable";
import { Dialog } from "~/ui/Dialog";
import { SelectField, TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { useForm } from "~/ui/useForm";
import { RoleField } from "./RoleField";

type Asked = Schemas["InvitationQuestion_body"];

/** The link is told once: whoever has it becomes the member. */
export function Invite({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const [link, setLink] = useState<string>();
  const make = useAct((body: Asked) => answer(api.POST("/api/v1/invitations", { body })), "invitations");
  const form = useForm({ name: "", role: "viewer", days: "7" }, async ({ name, role, days }) => {
    const made = await make.mutateAsync({ name, role: role as Asked["role"], days: Number(days) });
    setLink(location.origin + made.path);
  });
  return (
    <Dialog title={t("member.invite")} onClose={onClose}>
      {link ? (
        <div className="flex flex-col gap-4">
          <p>{t("member.link_once", { name: form.values.name })}</p>
          <Copyable text={link} name={t("member.link")} />
          <Button kind="primary" className="self-end" onClick={onClose}>
            {t("act.done")}
          </Button>
        </div>
      ) : (
        <Form form={form} action={t("member.make_link")} onCancel={onClose}>
          <TextField label={t("door.name")} autoFocus autoComplete="off" {...form.text("name")} />
          <RoleField {...form.text("role")} />
          <SelectField label={t("token.expires")} {...form.text("days")}>
            {["1", "7", "30"].map((days) => (
              <option key={days} value={days}>
                {t("token.days", { count: Number(days) })}
              </option>
            ))}
          </SelectField>
        </Form>
      )}
    </Dialog>
  );
}
