import { Link } from "@tanstack/react-router";
import { ShieldCheck, TriangleAlert } from "lucide-react";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { type Column, RowTable } from "~/lists/RowTable";
import { ProtectionBadge } from "~/ui/Badge";
import { Moment } from "~/ui/Moment";
import { Card } from "~/ui/Page";
import type { Standing } from "./standing";

const most = 50; // rows here; the list of databases has all

export function ProofTable({ databases }: { databases: Standing[] }) {
  const t = useTranslate();
  const columns: Column<Standing & { id: string }>[] = [
    {
      id: "name",
      label: t("column.database"),
      main: true,
      cell: (one) => (
        <Link to="/databases/$id" params={{ id: one.database }} className="font-medium hover:underline">
          {one.name}
        </Link>
      ),
    },
    { id: "protection", label: t("column.protection"), corner: true, cell: (one) => <ProtectionBadge state={one.protection} /> },
    { id: "point", label: t("column.recovery_point"), cell: (one) => (one.last_good ? <Moment at={one.last_good} /> : <span className="text-bad">{t("overview.never")}</span>) },
    { id: "proof", label: t("column.last_proof"), cell: (one) => <LastProof at={one.last_proof} /> },
    { id: "backups", label: t("nav.backups"), cell: (one) => formats.count(one.backups) },
    { id: "stored", label: t("column.stored"), cell: (one) => formats.bytes(one.stored_bytes) },
  ];
  return (
    <Card title={t("overview.proof_of_recovery")}>
      <RowTable name={t("overview.proof_of_recovery")} columns={columns} rows={databases.slice(0, most).map((one) => ({ ...one, id: one.database }))} />
      {databases.length > most && (
        <Link to="/databases" className="block p-3 text-center text-brand-text hover:underline">
          {t("overview.all_databases", { count: databases.length })}
        </Link>
      )}
    </Card>
  );
}

export function LastProof({ at }: { at: string }) {
  const t = useTranslate();
  const Icon = at ? ShieldCheck : TriangleAlert;
  return (
    <span className={`inline-flex items-center gap-1.5 ${at ? "" : "text-warn"}`}>
      <Icon size={14} className={at ? "text-ok" : ""} aria-hidden />
      {at ? <Moment at={at} /> : t("overview.never")}
    </span>
  );
}
