import { Link } from "@tanstack/react-router";
import { Database, Plus } from "lucide-react";
import { useState } from "react";
import { useProtection } from "~/api/figures";
import { useById } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import { useMay } from "~/rights";
import { useShortcuts } from "~/shell/shortcuts";
import { Badge, ProtectionBadge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Labels } from "~/ui/Labels";
import { Moment } from "~/ui/Moment";
import { Page } from "~/ui/Page";
import { DatabaseForm } from "./DatabaseForm";

export default function Databases() {
  const t = useTranslate();
  const [adding, setAdding] = useState(false);
  const protection = useProtection();
  const servers = useById("servers");
  const standing = new Map((protection.data?.items ?? []).map((one) => [one.database, one]));
  const may = useMay("administer");
  useShortcuts(may ? { c: () => setAdding(true) } : {});
  const add = (
    <Button needs="administer" kind="primary" onClick={() => setAdding(true)}>
      <Plus size={16} aria-hidden />
      {t("database.add")}
    </Button>
  );
  return (
    <Page title={t("nav.databases")} guide={t("guide.databases")} about={t("databases.about")} acts={add}>
      <RowList
        kind="databases"
        name={t("nav.databases")}
        sort="name"
        columns={[
          {
            id: "name",
            label: t("column.name"),
            sort: "name",
            main: true,
            cell: (row) => (
              <>
                <Link to="/databases/$id" params={{ id: row.id }} className="font-medium hover:underline">
                  {row.name}
                </Link>
                <div className="flex flex-wrap items-center gap-1.5 text-xs text-muted">
                  {servers.get(row.server)?.name} <Labels of={row.labels} />
                </div>
              </>
            ),
          },
          {
            id: "protection",
            label: t("column.protection"),
            corner: true,
            cell: (row) => (row.archived ? <Badge tone="idle">{t("database.archived")}</Badge> : <ProtectionBadge state={standing.get(row.id)?.protection ?? (row.paused ? "paused" : "unprotected")} />),
          },
          { id: "point", label: t("column.recovery_point"), cell: (row) => <Moment at={standing.get(row.id)?.last_good} /> },
          { id: "backups", label: t("nav.backups"), cell: (row) => formats.count(standing.get(row.id)?.backups ?? 0) },
          { id: "stored", label: t("column.stored"), cell: (row) => formats.bytes(standing.get(row.id)?.stored_bytes ?? 0) },
        ]}
        filters={[{ field: "archived", label: t("database.archived"), choices: [["0", t("word.no")], ["1", t("word.yes")]] }]}
        bulk={[
          { needs: "administer", action: "pause", label: t("act.pause"), warning: t("database.pause_warning") },
          { needs: "administer", action: "resume", label: t("act.resume") },
          { needs: "administer", action: "archive", label: t("database.archive"), warning: t("database.archive_warning") },
        ]}
        empty={{ icon: Database, title: t("databases.empty"), children: add }}
      />
      {adding && <DatabaseForm onClose={() => setAdding(false)} />}
    </Page>
  );
}
