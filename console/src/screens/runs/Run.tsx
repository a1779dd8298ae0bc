import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { type Schemas, answer, api } from "~/api/client";
import { useAct, useById, useRow } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate, word } from "~/i18n/runtime";
import { StateBadge } from "~/ui/Badge";
import { Button, buttonLook } from "~/ui/Button";
import { Confirm } from "~/ui/Confirm";
import { Moment } from "~/ui/Moment";
import { Card, Facts, Page } from "~/ui/Page";
import { Answer } from "~/ui/States";
import { toastProblem } from "~/ui/toast";
import { RunLog } from "./RunLog";
import { RunProgress } from "./RunProgress";
import { RunStages } from "./RunStages";
import { tookSeconds } from "./Runs";
import { Undo } from "./Undo";

export default function RunScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const run = useRow("runs", id);
  return <Answer of={run} page>{(row) => <Whole run={row} />}</Answer>;
}

function Whole({ run }: { run: Schemas["Run"] }) {
  const t = useTranslate();
  const database = useById("databases").get(run.database);
  const going = run.state === "running" || run.state === "queued";
  const seconds = tookSeconds(run);
  return (
    <Page title={`${word("kind", run.kind)} ${database?.name ?? ""}`} about={<span className="font-mono text-xs">{run.id}</span>} acts={<Acts run={run} going={going} />}>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex min-w-0 flex-col gap-4">
          {run.error && <Failure run={run} />}
          <RunLog id={run.id} going={going} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t("run.stages")} acts={<StateBadge state={run.state} />}>
            {run.state === "running" && (
              <div className="border-b border-line p-4">
                <RunProgress run={run} />
              </div>
            )}
            <RunStages run={run} />
          </Card>
          <Card title={t("run.facts")}>
            <Facts
              of={[
                [t("column.trigger"), word("trigger", run.trigger)],
                [t("column.database"), database ? <Link key="d" to="/databases/$id" params={{ id: database.id }} className="text-brand-text hover:underline">{database.name}</Link> : formats.none],
                [t("column.attempt"), `${formats.count(run.attempt)} / ${formats.count(run.attempts_max)}`],
                [t("column.took"), seconds === undefined ? formats.none : formats.duration(seconds)],
                [t("run.read"), formats.bytes(run.progress.bytes_in)],
                [t("run.written"), formats.bytes(run.progress.bytes_out)],
                [t("column.entered"), <Moment key="m" at={run.created} />],
              ]}
            />
          </Card>
        </div>
      </div>
    </Page>
  );
}

function Failure({ run }: { run: Schemas["Run"] }) {
  return (
    <div role="alert" className="card border-bad! bg-bad-soft! p-4 text-bad">
      <p className="font-medium break-words">{run.error}</p>
      {run.hint && <p className="mt-1 text-sm">{run.hint}</p>}
    </div>
  );
}

function Acts({ run, going }: { run: Schemas["Run"]; going: boolean }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const path = { params: { path: { id: run.id } } };
  const cancel = useAct(() => answer(api.POST("/api/v1/runs/{id}/cancel", path)), "runs");
  const retry = useAct(async () => {
    const again = await answer(api.POST("/api/v1/runs/{id}/retry", path));
    await navigate({ to: "/runs/$id", params: { id: again.id } });
  }, "runs");
  return (
    <>
      {run.backup && (
        <Link to="/backups/$id" params={{ id: run.backup }} className={buttonLook({ kind: "primary" })}>
          {t("run.to_backup")}
        </Link>
      )}
      <Undo run={run} />
      {going && (
        <Button needs="operate" kind="danger" disabled={run.cancel_requested} onClick={() => setAsking(true)}>
          {run.cancel_requested ? t("run.cancelling") : t("run.cancel")}
        </Button>
      )}
      {!going && run.state !== "succeeded" && (
        <Button needs="operate" busy={retry.isPending} onClick={() => retry.mutateAsync(undefined).catch(toastProblem)}>
          {t("run.retry")}
        </Button>
      )}
      {asking && (
        <Confirm title={t("run.cancel")} action={t("run.cancel")} act={() => cancel.mutateAsync(undefined)} onClose={() => setAsking(false)}>
          <p>{t("run.cancel_warning")}</p>
        </Confirm>
      )}
    </>
  );
}
