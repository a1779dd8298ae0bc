import { type ReactNode, useState } from "react";
import { answer, api } from "~/api/client";
import { type Rows, removeRow, useAct } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "~/ui/Button";
import { Confirm } from "~/ui/Confirm";
import { Dialog } from "~/ui/Dialog";
import { Form } from "~/ui/Form";
import { toast } from "~/ui/toast";
import { useForm } from "~/ui/useForm";
import { RoleField } from "./RoleField";
import type { Role } from "./roles";

type Act = "sessions" | "factor" | "remove";

/** What an administrator can do about somebody else. */
export function Member({ member, onClose }: { member: Rows["members"]; onClose: () => void }) {
  const t = useTranslate();
  const [asking, setAsking] = useState<Act>();
  const path = { params: { path: { id: member.id } } };
  const change = useAct(
    (role: Role) => answer(api.PATCH("/api/v1/members/{id}", { params: { ...path.params, header: { "If-Match": `"${member.version}"` } as never }, body: { role } })),
    "members",
  );
  const form = useForm({ role: member.role as string }, async ({ role }) => {
    await change.mutateAsync(role as Role);
    onClose();
  });
  if (asking) return <Asked act={asking} member={member} onClose={onClose} />;
  return (
    <Dialog title={member.name} onClose={onClose}>
      <Form form={form} action={t("act.save")} onCancel={onClose}>
        <RoleField {...form.text("role")} />
      </Form>
      <div className="mt-5 flex flex-col gap-4 border-t border-line pt-4">
        <Offer about={t("member.sign_out_about")} act={t("member.sign_out")} onClick={() => setAsking("sessions")} />
        <Offer about={t("member.factor_about")} act={t("member.factor")} onClick={() => setAsking("factor")} />
        <Offer about={t("member.remove_about")} act={t("member.remove")} danger onClick={() => setAsking("remove")} />
      </div>
    </Dialog>
  );
}

function Offer({ about, act, danger, onClick }: { about: ReactNode; act: string; danger?: boolean; onClick: () => void }) {
  return (
    <div className="flex items-center justify-between gap-4 max-sm:flex-col max-sm:items-start">
      <p className="text-sm text-muted">{about}</p>
      <Button size="small" kind={danger ? "danger" : "plain"} onClick={onClick}>
        {act}
      </Button>
    </div>
  );
}

function Asked({ act, member, onClose }: { act: Act; member: Rows["members"]; onClose: () => void }) {
  const t = useTranslate();
  const path = { params: { path: { id: member.id } } };
  const acts = {
    sessions: { name: t("member.sign_out"), about: t("member.sign_out_about"), perform: () => answer(api.DELETE("/api/v1/members/{id}/sessions", path)) },
    factor: { name: t("member.factor"), about: t("member.factor_about"), perform: () => answer(api.DELETE("/api/v1/members/{id}/second-factor", path)) },
    remove: { name: t("member.remove"), about: t("member.remove_about"), perform: () => removeRow("members", member.id) },
  };
  const { name, about, perform } = acts[act];
  const done = useAct(async () => {
    await perform();
    toast(t("act.done"));
  }, "members", "invitations");
  return (
    <Confirm title={name} action={name} target={act === "remove" ? member.name : undefined} act={() => done.mutateAsync(undefined)} onClose={onClose}>
      <p>
        {member.name}: {about}
      </p>
    </Confirm>
  );
}
