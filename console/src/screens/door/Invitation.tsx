import { useNavigate } from "@tanstack/react-router";
import { answer, api } from "~/api/client";
import { useTranslate } from "~/i18n/runtime";
import * as session from "~/session";
import { TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { useForm } from "~/ui/useForm";
import { Door } from "./Door";

/** Whoever was invited becomes a member. The invitation is behind the # of the link, which is sent to nobody. */
export default function Invitation() {
  const t = useTranslate();
  const navigate = useNavigate();
  const token = location.hash.slice(1);
  const form = useForm({ token, name: "", password: "" }, async (asked) => {
    const made = await answer(api.POST("/api/v1/invitations/accept", { body: asked }));
    session.begin(made);
    await navigate({ to: "/" });
  });
  return (
    <Door title={t("invitation.title")} about={t("invitation.about")}>
      <Form form={form} action={t("invitation.accept")}>
        {token === "" && (
          <TextField label={t("invitation.token")} help={t("invitation.token_help")} className="font-mono" autoComplete="off" spellCheck={false} {...form.text("token")} />
        )}
        <TextField label={t("door.name")} autoComplete="username" autoFocus {...form.text("name")} />
        <TextField label={t("door.password")} help={t("setup.password_help")} type="password" autoComplete="new-password" {...form.text("password")} />
      </Form>
    </Door>
  );
}
