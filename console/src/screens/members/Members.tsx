import { UserPlus, Users } from "lucide-react";
import { useState } from "react";
import { useWhoAmI } from "~/api/figures";
import type { Rows } from "~/api/rows";
import { useTranslate, word } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import { useMay } from "~/rights";
import { useShortcuts } from "~/shell/shortcuts";
import { Badge } from "~/ui/Badge";
import { Button, NameButton } from "~/ui/Button";
import { Face } from "~/ui/Face";
import { Moment } from "~/ui/Moment";
import { Page } from "~/ui/Page";
import { Invitations } from "./Invitations";
import { Invite } from "./Invite";
import { Member } from "./Member";
import { usePicture } from "./picture";
import { roles } from "./roles";

/** Who belongs to the organization, what they may, and who is invited. */
export default function Members() {
  const t = useTranslate();
  const [open, setOpen] = useState<Rows["members"] | "invite">();
  const me = useWhoAmI().data?.user;
  const may = useMay("administer");
  const close = () => setOpen(undefined);
  useShortcuts(may ? { c: () => setOpen("invite") } : {});
  const invite = (
    <Button needs="administer" kind="primary" onClick={() => setOpen("invite")}>
      <UserPlus size={16} aria-hidden />
      {t("member.invite")}
    </Button>
  );
  return (
    <Page title={t("nav.members")} guide={t("guide.members")} about={t("members.about")} acts={invite}>
      <RowList
        kind="members"
        name={t("nav.members")}
        sort="name"
        filters={[{ field: "role", label: t("member.role"), choices: roles.map((role) => [role, word("role", role)]) }]}
        columns={[
          {
            id: "name",
            label: t("door.name"),
            sort: "name",
            main: true,
            cell: (row) => (
              <span className="flex items-center gap-2.5">
                <MemberFace row={row} />
                <span className="min-w-0">
                  {may && row.id !== me ? <NameButton name={row.name} onClick={() => setOpen(row)} /> : <span className="font-medium">{row.name}</span>}
                  {row.id === me && <span className="text-muted"> · {t("member.you")}</span>}
                  <span className="block text-xs break-all text-muted">{row.email}</span>
                </span>
              </span>
            ),
          },
          { id: "role", label: t("member.role"), corner: true, cell: (row) => <Badge tone="idle">{word("role", row.role)}</Badge> },
          { id: "may", wrap: true, label: t("token.scope"), cell: (row) => word("role", `${row.role}_may`) },
          { id: "since", label: t("member.since"), cell: (row) => <Moment at={row.created} /> },
        ]}
        empty={{ icon: Users, title: t("list.no_hit") }}
      />
      {may && <Invitations />}
      {open === "invite" && <Invite onClose={close} />}
      {open && open !== "invite" && <Member member={open} onClose={close} />}
    </Page>
  );
}

function MemberFace({ row }: { row: Rows["members"] }) {
  return <Face name={row.name} picture={usePicture(row.id, row.version).data} />;
}
