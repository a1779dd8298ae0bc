import { Navigate, useNavigate } from "@tanstack/react-router";
import { answer, api } from "~/api/client";
import { useTranslate } from "~/i18n/runtime";
import * as session from "~/session";
import { TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { useForm } from "~/ui/useForm";
import { Door } from "./Door";
import { useSetupState } from "./SignIn";

/** The first administrator. The secret may come behind the # of the link, which is sent to nobody. */
export default function Setup() {
  const t = useTranslate();
  const navigate = useNavigate();
  const state = useSetupState();
  const form = useForm({ secret: location.hash.slice(1), organization: "default", name: "admin", password: "" }, async (asked) => {
    const made = await answer(api.POST("/api/v1/setup", { body: asked }));
    session.begin(made);
    await navigate({ to: "/start" });
  });
  if (state.data && !state.data.needed && !session.isSignedIn()) return <Navigate to="/sign-in" />;
  return (
    <Door title={t("setup.title")} about={t("setup.about")}>
      <Form form={form} action={t("setup.act")}>
        <TextField label={t("setup.secret")} help={t("setup.secret_help")} className="font-mono" autoComplete="off" spellCheck={false} {...form.text("secret")} />
        <TextField label={t("setup.organization")} autoComplete="organization" {...form.text("organization")} />
        <TextField label={t("door.name")} autoComplete="username" {...form.text("name")} />
        <TextField label={t("door.password")} help={t("setup.password_help")} type="password" autoComplete="new-password" {...form.text("password")} />
      </Form>
    </Door>
  );
}
