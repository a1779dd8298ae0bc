import { useQuery } from "@tanstack/react-query";
import { type Schemas, answer, api } from "~/api/client";
import { useAct } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { RowTable } from "~/lists/RowTable";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Moment } from "~/ui/Moment";
import { Card } from "~/ui/Page";
import { Answer } from "~/ui/States";
import { toast, toastProblem } from "~/ui/toast";
import { agentName } from "./agent";

/** Where I am signed in, and the end of it. */
export function Sessions() {
  const t = useTranslate();
  const sessions = useQuery({ queryKey: ["sessions"], queryFn: () => answer(api.GET("/api/v1/sessions")) });
  const end = useAct((id: string) => answer(api.DELETE("/api/v1/sessions/{id}", { params: { path: { id } } })), "sessions");
  const endOthers = useAct(() => answer(api.POST("/api/v1/sessions/end-others")), "sessions");
  const others = async () => toast(t("session.ended", { count: (await endOthers.mutateAsync(undefined)).ended }));
  return (
    <Card
      title={t("session.mine")}
      acts={
        (sessions.data?.items.length ?? 0) > 1 && (
          <Button size="small" busy={endOthers.isPending} onClick={() => others().catch(toastProblem)}>
            {t("session.end_others")}
          </Button>
        )
      }
    >
      <Answer of={sessions} rows={2}>
        {({ items }) => (
          <RowTable<Schemas["SessionInfo"]>
            name={t("session.mine")}
            rows={items}
            columns={[
              {
                id: "agent",
                label: t("session.program"),
                main: true,
                cell: (row) => (
                  <span title={row.agent}>
                    <span className="font-medium">{agentName(row.agent)}</span> <span dir="ltr" className="text-xs text-muted">{row.address}</span>
                  </span>
                ),
              },
              { id: "used", label: t("token.used"), cell: (row) => <Moment at={row.used} /> },
              {
                id: "acts",
                label: "",
                corner: true,
                cell: (row) =>
                  row.current ? (
                    <Badge tone="ok">{t("session.this")}</Badge>
                  ) : (
                    <Button size="small" onClick={() => end.mutateAsync(row.id).catch(toastProblem)}>
                      {t("session.end")}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Answer>
    </Card>
  );
}
