import { useSearch } from "@tanstack/react-router";
import { ArchiveRestore } from "lucide-react";
import { useRow, useRows } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { useListSearch } from "~/lists/search";
import { ProofMark } from "~/ui/Badge";
import { SelectField } from "~/ui/Field";
import { Card, Page } from "~/ui/Page";
import { Answer, Empty } from "~/ui/States";
import { RestoreForm } from "./RestoreForm";

/** What, where, what would happen, and only then the act. The choice is in the address. */
export default function Restore() {
  const t = useTranslate();
  const { backup: id } = useSearch({ strict: false }) as { backup?: string };
  const backup = useRow("backups", id);
  return (
    <Page title={t("nav.restore")} about={t("restore.about")}>
      <div className="flex max-w-4xl flex-col gap-4">
        <What database={backup.data?.database} />
        {backup.data && <RestoreForm key={backup.data.id} backup={backup.data} />}
      </div>
    </Page>
  );
}

function What({ database: ofBackup }: { database?: string }) {
  const t = useTranslate();
  const { search, change } = useListSearch();
  const database = search.database ?? ofBackup ?? "";
  const databases = useRows("databases", { limit: 500, sort: "name" });
  const backups = useRows("backups", { database, limit: 100, sort: "-taken" }, database !== "");
  const chosen = backups.data?.items.find((one) => one.id === search.backup);
  return (
    <Card title={t("restore.what")}>
      <Answer of={databases} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={ArchiveRestore} title={t("databases.empty")} />
          ) : (
            <div className="grid gap-4 p-4 sm:grid-cols-2">
              <SelectField label={t("column.database")} name="database" value={database} onChange={(event) => change({ database: event.target.value, backup: undefined })}>
                <option value="">{t("word.choose")}</option>
                {items.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </SelectField>
              <SelectField
                label={t("restore.moment")}
                name="backup"
                disabled={database === ""}
                value={search.backup ?? ""}
                onChange={(event) => change({ backup: event.target.value })}
                help={backups.data?.items.length === 0 ? t("backups.empty") : t("restore.moment_help")}
              >
                <option value="">{t("word.choose")}</option>
                {(backups.data?.items ?? []).map((one) => (
                  <option key={one.id} value={one.id}>
                    {formats.exactMoment(one.taken)} · {one.name}
                  </option>
                ))}
              </SelectField>
              {chosen && (
                <div className="flex flex-wrap gap-x-4 gap-y-1 text-muted sm:col-span-2">
                  <ProofMark level={chosen.proof.level} damaged={chosen.proof.damaged} />
                  <span>{t("backup.rows", { tables: chosen.tables, count: chosen.rows })}</span>
                  <span>{formats.bytes(chosen.plain_bytes)}</span>
                  <span>{t("restore.changes_lost", { time: formats.duration((Date.now() - Date.parse(chosen.taken)) / 1000) })}</span>
                </div>
              )}
            </div>
          )
        }
      </Answer>
    </Card>
  );
}
