import { useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { answer, api } from "~/api/client";
import { useTranslate } from "~/i18n/runtime";
import * as session from "~/session";
import { TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { useForm } from "~/ui/useForm";
import { Door } from "./Door";

export const useSetupState = () =>
  useQuery({ queryKey: ["setup"], queryFn: () => answer(api.GET("/api/v1/setup")), staleTime: 0 });

/** Only a place of ours: an address in a link could lead anywhere. */
export function placeToGo(back: string | undefined): string {
  return back?.startsWith("/") && !back.startsWith("//") && !back.startsWith("/sign-in") ? back : "/";
}

export default function SignIn() {
  const t = useTranslate();
  const navigate = useNavigate();
  const { back } = useSearch({ strict: false }) as { back?: string };
  const setup = useSetupState();
  const form = useForm({ name: "", password: "" }, async (credentials) => {
    const made = await answer(api.POST("/api/v1/session", { body: credentials }));
    session.begin(made.token);
    await navigate({ href: placeToGo(back) });
  });
  if (setup.data?.needed) return <Navigate to="/setup" />;
  return (
    <Door title={t("door.sign_in")}>
      <Form form={form} action={t("door.sign_in")}>
        <TextField label={t("door.name")} autoComplete="username" autoFocus {...form.text("name")} />
        <TextField label={t("door.password")} type="password" autoComplete="current-password" {...form.text("password")} />
      </Form>
    </Door>
  );
}
