import { Link, useParams } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useState } from "react";
import { useProtection } from "~/api/figures";
import { type Rows, saveRow, useAct, useById, useRow, useRows } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { RowTable } from "~/lists/RowTable";
import { LastProof } from "~/screens/overview/ProofTable";
import { RunPlanButton } from "~/screens/plans/RunPlanButton";
import { useMay } from "~/rights";
import { ProofMark, ProtectionBadge } from "~/ui/Badge";
import { Button, buttonLook } from "~/ui/Button";
import { Labels } from "~/ui/Labels";
import { Moment } from "~/ui/Moment";
import { Card, Facts, Page } from "~/ui/Page";
import { Answer, Empty } from "~/ui/States";
import { toastProblem } from "~/ui/toast";
import { DatabaseForm } from "./DatabaseForm";
import { DatabaseHistory } from "./DatabaseHistory";

export default function DatabaseScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const database = useRow("databases", id);
  return <Answer of={database} page>{(row) => <Whole database={row} />}</Answer>;
}

function Whole({ database }: { database: Rows["databases"] }) {
  const t = useTranslate();
  const may = useMay("operate");
  const administers = useMay("administer");
  const [editing, setEditing] = useState(false);
  const protection = useProtection();
  const server = useById("servers").get(database.server);
  const plans = useRows("plans", { limit: 500 });
  const standing = protection.data?.items.find((one) => one.database === database.id);
  const mine = (plans.data?.items ?? []).filter((plan) => plan.databases.includes(database.id));
  const change = useAct((body: object) => saveRow("databases", body, database), "databases", "protection", "statistics");
  const acts = (
    <>
      {mine[0] && <RunPlanButton plan={mine[0].id} />}
      {may && (
        <Link to="/restore" search={{ database: database.id } as never} className={buttonLook()}>
          {t("nav.restore")}
        </Link>
      )}
      <Button needs="administer" onClick={() => setEditing(true)}>{t("act.edit")}</Button>
      <Button needs="administer" busy={change.isPending} onClick={() => change.mutateAsync({ paused: !database.paused }).catch(toastProblem)}>
        {database.paused ? t("act.resume") : t("act.pause")}
      </Button>
    </>
  );
  return (
    <Page title={database.name} about={<Labels of={database.labels} />} acts={acts}>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex min-w-0 flex-col gap-4">
          <DatabaseHistory id={database.id} />
          <Recent database={database.id} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t("column.protection")} acts={<ProtectionBadge state={standing?.protection ?? "unprotected"} />}>
            {standing?.reason && <p className="border-b border-line p-4 text-muted">{standing.reason}</p>}
            <Facts
              of={[
                [t("column.recovery_point"), <Moment key="p" at={standing?.last_good} />],
                [t("column.last_proof"), <LastProof key="l" at={standing?.last_proof ?? ""} />],
                [t("nav.backups"), formats.count(standing?.backups ?? 0)],
                [t("column.stored"), formats.bytes(standing?.stored_bytes ?? 0)],
                [t("column.server"), server ? <Link key="s" to="/servers/$id" params={{ id: server.id }} className="text-brand-text hover:underline">{server.name}</Link> : formats.none],
                ...(database.notes ? ([[t("column.notes"), database.notes]] as [string, string][]) : []),
              ]}
            />
          </Card>
          <Card title={t("nav.plans")}>
            {mine.length === 0 && (
              <div className="flex flex-col items-start gap-3 p-4">
                <p className="text-muted">{t("database.no_plan")}</p>
                {administers && (
                  <Link to="/plans" search={{ add: database.id } as never} className={buttonLook({ kind: "primary" })}>
                    {t("plan.add")}
                  </Link>
                )}
              </div>
            )}
            <ul>
              {mine.map((plan) => (
                <li key={plan.id} className="flex justify-between gap-3 border-b border-line px-4 py-2.5 last:border-0">
                  <Link to="/plans/$id" params={{ id: plan.id }} className="font-medium hover:underline">
                    {plan.name}
                  </Link>
                  <span className="text-muted">{plan.next_run ? <Moment at={plan.next_run} /> : formats.none}</span>
                </li>
              ))}
            </ul>
          </Card>
        </div>
      </div>
      {editing && <DatabaseForm old={database} onClose={() => setEditing(false)} />}
    </Page>
  );
}

function Recent({ database }: { database: string }) {
  const t = useTranslate();
  const backups = useRows("backups", { database, limit: 10, sort: "-taken" });
  return (
    <Card
      title={t("nav.backups")}
      acts={
        <Link to="/backups" search={{ database } as never} className="rounded-sm text-muted hover:text-ink">
          {t("list.all")}
        </Link>
      }
    >
      <Answer of={backups} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={History} title={t("backups.empty")} />
          ) : (
            <RowTable
              name={t("nav.backups")}
              rows={items}
              columns={[
                { id: "name", label: t("column.name"), main: true, cell: (row) => <Link to="/backups/$id" params={{ id: row.id }} className="font-mono text-[13px] hover:underline">{row.name}</Link> },
                { id: "taken", label: t("column.taken"), corner: true, cell: (row) => <Moment at={row.taken} /> },
                { id: "size", label: t("column.stored"), cell: (row) => formats.bytes(row.stored_bytes) },
                { id: "proof", label: t("column.proof"), cell: (row) => <ProofMark level={row.proof.level} damaged={row.proof.damaged} /> },
              ]}
            />
          )
        }
      </Answer>
    </Card>
  );
}
