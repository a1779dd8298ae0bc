import { useRef } from "react";
import { type Schemas, answer, api } from "~/api/client";
import { useAct } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { squareOf, usePicture } from "~/screens/members/picture";
import { Button } from "~/ui/Button";
import { Face } from "~/ui/Face";
import { TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Card } from "~/ui/Page";
import { toast, toastProblem } from "~/ui/toast";
import { useForm } from "~/ui/useForm";

export function Account({ me }: { me: Schemas["Profile"] }) {
  const t = useTranslate();
  const save = useAct((body: Schemas["ProfileChange_body"]) => answer(api.PATCH("/api/v1/profile", { body })), "profile", "session", "members");
  const form = useForm({ name: me.name, email: me.email }, async (typed) => {
    await save.mutateAsync(typed);
    toast(t("act.saved"));
  });
  return (
    <Card title={t("profile.account")}>
      <div className="flex flex-col gap-4 p-4">
        <Picture me={me} />
        <Form form={form} action={t("act.save")}>
          <TextField label={t("door.name")} autoComplete="username" {...form.text("name")} />
          <TextField label={t("profile.email")} help={t("profile.email_help")} type="email" autoComplete="email" {...form.text("email")} />
        </Form>
      </div>
    </Card>
  );
}

function Picture({ me }: { me: Schemas["Profile"] }) {
  const t = useTranslate();
  const chosen = useRef<HTMLInputElement>(null);
  const picture = usePicture(me.picture ? me.id : undefined);
  const kinds = ["profile", "picture"];
  const put = useAct(async (file: File) => answer(api.PUT("/api/v1/profile/picture", { body: { image: await squareOf(file) } })), ...kinds);
  const remove = useAct(() => answer(api.DELETE("/api/v1/profile/picture")), ...kinds);
  return (
    <div className="flex flex-wrap items-center gap-4">
      <Face name={me.name} picture={me.picture ? picture.data : undefined} size="large" />
      <input
        ref={chosen}
        type="file"
        accept="image/*"
        aria-label={t("profile.picture")}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) put.mutateAsync(file).catch(() => toastProblem(new Error(t("profile.no_picture"))));
          event.target.value = "";
        }}
      />
      <Button busy={put.isPending} onClick={() => chosen.current?.click()}>
        {t("profile.choose_picture")}
      </Button>
      {me.picture && (
        <Button kind="quiet" onClick={() => remove.mutateAsync(undefined).catch(toastProblem)}>
          {t("profile.remove_picture")}
        </Button>
      )}
    </div>
  );
}
