import { type Schemas, answer, api } from "~/api/client";
import { useAct } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Card } from "~/ui/Page";
import { toast } from "~/ui/toast";
import { useForm } from "~/ui/useForm";

export function Password({ name }: { name: string }) {
  const t = useTranslate();
  const change = useAct((body: Schemas["PasswordChange_body"]) => answer(api.POST("/api/v1/profile/password", { body })), "sessions");
  const form = useForm({ old_password: "", new_password: "" }, async (typed) => {
    await change.mutateAsync(typed);
    form.set({ old_password: "", new_password: "" });
    toast(t("profile.password_changed"));
  });
  return (
    <Card title={t("door.password")}>
      <div className="p-4">
        <Form form={form} action={t("profile.change_password")}>
          <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
          <TextField label={t("profile.old_password")} type="password" autoComplete="current-password" {...form.text("old_password")} />
          <TextField label={t("profile.new_password")} help={t("setup.password_help")} type="password" autoComplete="new-password" {...form.text("new_password")} />
        </Form>
      </div>
    </Card>
  );
}
