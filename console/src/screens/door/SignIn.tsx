import { useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { type Schemas, answer, api } from "~/api/client";
import { useTranslate } from "~/i18n/runtime";
import * as session from "~/session";
import { Button } from "~/ui/Button";
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
  const [waiting, setWaiting] = useState<string>();
  const form = useForm({ name: "", password: "" }, async (credentials) => {
    const made = await answer(api.POST("/api/v1/session", { body: credentials }));
    if (made.second_factor_needed) setWaiting(made.token);
    else await enter(made);
  });
  const enter = async (made: Schemas["SignedIn"]) => {
    session.begin(made);
    await navigate({ href: placeToGo(back) });
  };
  if (setup.data?.needed) return <Navigate to="/setup" />;
  if (waiting) return <SecondStep token={waiting} enter={enter} leave={() => setWaiting(undefined)} />;
  return (
    <Door title={t("door.sign_in")}>
      <Form form={form} action={t("door.sign_in")}>
        <TextField label={t("door.name")} autoComplete="username" autoFocus {...form.text("name")} />
        <TextField label={t("door.password")} type="password" autoComplete="current-password" {...form.text("password")} />
      </Form>
    </Door>
  );
}

interface SecondStepProps {
  token: string;
  enter: (made: Schemas["SignedIn"]) => Promise<void>;
  leave: () => void;
}

/** The code of an authenticator, or one of the recovery codes. */
function SecondStep({ token, enter, leave }: SecondStepProps) {
  const t = useTranslate();
  const form = useForm({ code: "" }, async ({ code }) => {
    await enter(await answer(api.POST("/api/v1/session/second-factor", { body: { token, code: code.trim() } })));
  });
  return (
    <Door title={t("door.second_step")} about={t("door.second_step_about")}>
      <Form form={form} action={t("door.sign_in")}>
        <TextField label={t("door.code")} className="font-mono" autoComplete="one-time-code" autoFocus spellCheck={false} {...form.text("code")} />
      </Form>
      <Button kind="quiet" className="mt-3" onClick={leave}>
        {t("door.other_account")}
      </Button>
    </Door>
  );
}
