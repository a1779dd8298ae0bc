import { type Rows, removeRow, useAct, useById, useRows } from "~/api/rows";
import { useTranslate, word } from "~/i18n/runtime";
import { RowTable } from "~/lists/RowTable";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Moment } from "~/ui/Moment";
import { Card } from "~/ui/Page";
import { Answer } from "~/ui/States";
import { toastProblem } from "~/ui/toast";

/** Who was invited and has not come yet. */
export function Invitations() {
  const t = useTranslate();
  const invitations = useRows("invitations", { limit: 200, sort: "-id" });
  const members = useById("members");
  const withdraw = useAct((id: string) => removeRow("invitations", id), "invitations");
  const over = (row: Rows["invitations"]) => Date.parse(row.expires) < Date.now();
  return (
    <Card title={t("members.invited")} className="mt-4">
      <Answer of={invitations} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="p-4 text-muted">{t("members.nobody_invited")}</p>
          ) : (
            <RowTable
              name={t("members.invited")}
              rows={items}
              columns={[
                { id: "name", label: t("door.name"), main: true, cell: (row) => <span className="font-medium">{row.name}</span> },
                { id: "role", label: t("member.role"), corner: true, cell: (row) => <Badge tone="idle">{word("role", row.role)}</Badge> },
                { id: "by", label: t("member.invited_by"), cell: (row) => members.get(row.made_by)?.name ?? "—" },
                { id: "expires", label: t("token.expires"), cell: (row) => (over(row) ? <Badge tone="warn">{t("member.expired")}</Badge> : <Moment at={row.expires} />) },
                {
                  id: "acts",
                  label: "",
                  cell: (row) => (
                    <Button size="small" onClick={() => withdraw.mutateAsync(row.id).catch(toastProblem)}>
                      {t("member.withdraw")}
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Answer>
    </Card>
  );
}
