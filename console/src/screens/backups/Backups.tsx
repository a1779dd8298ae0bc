import { Link } from "@tanstack/react-router";
import { History, Lock, Pin } from "lucide-react";
import { useMemo, useState } from "react";
import { useById } from "~/api/rows";
import type { Schemas } from "~/api/client";
import * as formats from "~/i18n/formats";
import { useStatistics } from "~/api/figures";
import { useTranslate } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import type { Column } from "~/lists/RowTable";
import { ProofMark } from "~/ui/Badge";
import { buttonLook } from "~/ui/Button";
import { Labels } from "~/ui/Labels";
import { Moment } from "~/ui/Moment";
import { Page } from "~/ui/Page";
import { BackUpNow } from "./BackUpNow";
import { Compare } from "./Compare";
import { RunningBackups } from "./RunningBackups";

export default function Backups() {
  const t = useTranslate();
  const databases = useById("databases");
  const statistics = useStatistics();
  const [compared, setCompared] = useState<string[]>();
  const names = [...databases.values()].map((one) => one.id + one.name).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is new each time, the names are not
  const columns = useMemo<Column<Schemas["Backup"]>[]>(
    () => [
      { id: "name", label: t("column.backup"), main: true, sort: "name", cell: (row) => <Name row={row} database={databases.get(row.database)?.name} /> },
      { id: "proof", label: t("column.proof"), corner: true, cell: (row) => <ProofMark level={row.proof.level} damaged={row.proof.damaged || row.quarantined} /> },
      {
        id: "size",
        label: t("column.size"),
        sort: "stored_bytes",
        cell: (row) => (
          <div>
            {formats.bytes(row.plain_bytes)}
            <div className="text-xs text-muted">{t("backup.stored", { size: formats.bytes(row.stored_bytes) })}</div>
          </div>
        ),
      },
      { id: "taken", label: t("column.taken"), sort: "taken", cell: (row) => <Moment at={row.taken} /> },
      { id: "took", label: t("column.took"), cell: (row) => formats.duration((Date.parse(row.finished) - Date.parse(row.taken)) / 1000) },
      { id: "contents", wrap: true, label: t("column.contents"), cell: (row) => <span className="text-muted">{t("backup.rows", { tables: row.tables, count: row.rows })}</span> },
    ],
    [t, names],
  );
  return (
    <Page
      title={t("nav.backups")} guide={t("guide.backups")}
      about={statistics.data && t("backups.about", { count: statistics.data.backups, size: formats.bytes(statistics.data.stored_bytes) })}
      acts={<BackUpNow />}
    >
      <RunningBackups />
      {compared && <Compare ids={compared} onClose={() => setCompared(undefined)} />}
      <RowList
        kind="backups"
        name={t("nav.backups")}
        columns={columns}
        sort="-taken"
        filters={[
          { field: "database", label: t("column.database"), choices: [...databases.values()].map((one) => [one.id, one.name]) },
          { field: "pinned", label: t("backup.pinned"), choices: [["1", t("word.yes")], ["0", t("word.no")]] },
        ]}
        bulk={[
          { needs: "read", action: "compare", label: t("compare.act"), here: { rows: 2, act: setCompared } },
          { needs: "operate", action: "pin", label: t("backup.pin") },
          { needs: "operate", action: "unpin", label: t("backup.unpin") },
          { needs: "operate", action: "verify", label: t("act.prove") },
          { needs: "administer", action: "remove", label: t("backup.remove"), warning: t("backup.remove_warning") },
        ]}
        empty={{
          icon: History,
          title: t("backups.empty"),
          children: (
            <>
              <p>{t("backups.empty_about")}</p>
              <Link to="/start" className={buttonLook()}>
                {t("start.title")}
              </Link>
            </>
          ),
        }}
      />
    </Page>
  );
}

function Name({ row, database }: { row: Schemas["Backup"]; database?: string }) {
  const t = useTranslate();
  return (
    <>
      <Link to="/backups/$id" params={{ id: row.id }} className="font-medium hover:underline">
        {database ?? row.source_id}
      </Link>
      <div className="flex flex-wrap items-center gap-1.5 text-xs text-muted">
        <span className="font-mono">{row.name}</span>
        {row.pinned && <Pin size={12} role="img" aria-label={t("backup.pinned")} />}
        {row.locked_until && <Lock size={12} role="img" aria-label={t("backup.locked")} />}
        <Labels of={row.labels} />
      </div>
      {row.notes && <p className="line-clamp-1 max-w-md text-xs text-muted">{row.notes}</p>}
    </>
  );
}
