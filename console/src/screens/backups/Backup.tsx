import { Link, useParams } from "@tanstack/react-router";
import { type Rows, useById, useRow } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate, word } from "~/i18n/runtime";
import { ProofMark } from "~/ui/Badge";
import { Labels } from "~/ui/Labels";
import { Moment } from "~/ui/Moment";
import { Card, Facts, Page } from "~/ui/Page";
import { Answer } from "~/ui/States";
import { BackupActs } from "./BackupActs";
import { BackupNotes } from "./BackupNotes";
import { Contents } from "./Contents";
import { Copies } from "./Copies";

export default function BackupScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const backup = useRow("backups", id);
  return <Answer of={backup} page>{(row) => <Whole backup={row} />}</Answer>;
}

function Whole({ backup }: { backup: Rows["backups"] }) {
  const t = useTranslate();
  const database = useById("databases").get(backup.database);
  const plan = useById("plans").get(backup.plan);
  const link = "text-brand-text hover:underline";
  return (
    <Page
      title={backup.name}
      about={
        <span className="flex flex-wrap items-center gap-2">
          {database && (
            <Link to="/databases/$id" params={{ id: database.id }} className={link}>
              {database.name}
            </Link>
          )}
          <Labels of={backup.labels} />
        </span>
      }
      acts={<BackupActs backup={backup} />}
    >
      {backup.quarantined && <p role="alert" className="mb-4 rounded-lg bg-bad-soft p-4 text-bad">{t("backup.quarantined")}</p>}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_400px]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t("run.facts")}>
            <Facts
              of={[
                [t("column.taken"), `${formats.exactMoment(backup.taken)} (${formats.relative(backup.taken)})`],
                [t("column.contents"), t("backup.rows", { tables: backup.tables, count: backup.rows })],
                [t("column.size"), `${formats.bytes(backup.plain_bytes)} · ${t("backup.stored", { size: formats.bytes(backup.stored_bytes) })}`],
                [t("column.took"), formats.duration((Date.parse(backup.finished) - Date.parse(backup.taken)) / 1000)],
                [t("column.method"), `${backup.engine} ${backup.server_version} · ${backup.method}`],
                [t("column.trigger"), word("trigger", backup.trigger)],
                [t("column.plan"), plan ? <Link key="p" to="/plans/$id" params={{ id: plan.id }} className={link}>{plan.name}</Link> : formats.none],
                [t("column.run"), backup.run ? <Link key="r" to="/runs/$id" params={{ id: backup.run }} className={link}>{t("run.log")}</Link> : formats.none],
                [t("nav.keys"), backup.recipients.length ? <span key="k" dir="ltr" className="font-mono text-xs break-all">{backup.recipients.join(" ")}</span> : t("plan.says_plain")],
                ["SHA-256", <span key="h" dir="ltr" className="font-mono text-xs break-all">{backup.manifest_sha256}</span>],
              ]}
            />
          </Card>
          {backup.method === "logical" && <Contents backup={backup.id} />}
          <Copies backup={backup.id} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t("column.proof")} acts={<ProofMark level={backup.proof.level} damaged={backup.proof.damaged} />}>
            <Facts
              of={[
                [t("proof.when"), <Moment key="m" at={backup.proof.at} />],
                [t("column.took"), backup.proof.at ? formats.duration(backup.proof.milliseconds / 1000) : formats.none],
                [t("proof.detail"), backup.proof.detail || (backup.proof.level === 4 ? t("proof.equal") : formats.none)],
              ]}
            />
          </Card>
          <BackupNotes backup={backup} />
        </div>
      </div>
    </Page>
  );
}
