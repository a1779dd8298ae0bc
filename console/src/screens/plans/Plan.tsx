import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { answer, api } from "~/api/client";
import { type Rows, removeRow, saveRow, useAct, useById, useRow } from "~/api/rows";
import { exactMoment, relative } from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Confirm } from "~/ui/Confirm";
import { Labels } from "~/ui/Labels";
import { Card, Page } from "~/ui/Page";
import { Answer } from "~/ui/States";
import { toastProblem } from "~/ui/toast";
import { PlanForm } from "./PlanForm";
import { RetentionPreview } from "./RetentionPreview";
import { RunPlanButton } from "./RunPlanButton";
import { useMeaning } from "./ScheduleField";
import { retentionWords } from "./words";

export default function PlanScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const plan = useRow("plans", id);
  return <Answer of={plan} page>{(row) => <Whole plan={row} />}</Answer>;
}

function Whole({ plan }: { plan: Rows["plans"] }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "remove">();
  const change = useAct((body: object) => saveRow("plans", body, plan), "plans");
  const remove = useAct(() => removeRow("plans", plan.id), "plans");
  const close = () => setOpen(undefined);
  const acts = (
    <>
      <RunPlanButton plan={plan.id} />
      <Button needs="administer" onClick={() => setOpen("edit")}>{t("act.edit")}</Button>
      <Button needs="administer" busy={change.isPending} onClick={() => change.mutateAsync({ paused: !plan.paused }).catch(toastProblem)}>
        {plan.paused ? t("act.resume") : t("act.pause")}
      </Button>
      <Button needs="administer" kind="danger" onClick={() => setOpen("remove")}>{t("act.remove")}</Button>
    </>
  );
  return (
    <Page title={plan.name} about={<Labels of={plan.labels} />} acts={acts}>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex min-w-0 flex-col gap-4">
          <Summary plan={plan} />
          <RetentionPreview plan={plan} />
        </div>
        <NextRuns plan={plan} />
      </div>
      {open === "edit" && <PlanForm old={plan} onClose={close} />}
      {open === "remove" && (
        <Confirm
          title={t("plan.remove")}
          action={t("act.remove")}
          target={plan.name}
          onClose={close}
          act={async () => {
            await remove.mutateAsync(undefined);
            await navigate({ to: "/plans" });
          }}
        >
          <p>{t("plan.remove_warning")}</p>
        </Confirm>
      )}
    </Page>
  );
}

/** What the plan does, as one would say it. */
function Summary({ plan }: { plan: Rows["plans"] }) {
  const t = useTranslate();
  const databases = useById("databases");
  const stores = useById("stores");
  const when = useMeaning(plan.schedule, plan.zone);
  const proofs = useMeaning(plan.verify_schedule, plan.zone);
  const list = (names: (string | undefined)[]) => new Intl.ListFormat(document.documentElement.lang).format(names.map((name) => name ?? "?"));
  return (
    <Card title={t("plan.summary")} acts={plan.paused ? <Badge tone="idle">{t("protection.paused")}</Badge> : <Badge tone="ok">{t("plan.active")}</Badge>}>
      <div className="flex flex-col gap-2 p-4 leading-relaxed">
        <p>
          {t("plan.says_what", { databases: list(plan.databases.map((id) => databases.get(id)?.name)) })}{" "}
          {plan.schedule ? t("plan.says_when", { when: when.data?.description ?? plan.schedule, zone: plan.zone }) : t("plan.says_by_hand")}
        </p>
        <ul className="list-disc ps-5">
          {plan.destinations.map((one) => (
            <li key={one.store}>
              <Link to="/stores/$id" params={{ id: one.store }} className="font-medium hover:underline">
                {stores.get(one.store)?.name ?? one.store}
              </Link>{" "}
              {t("retention.keeps", { what: retentionWords(one.retention, t) })}
            </li>
          ))}
        </ul>
        <p>{plan.encrypted ? t("plan.says_encrypted", { count: plan.keys.length }) : t("plan.says_plain")}</p>
        <p>{plan.verify_schedule ? t("plan.says_proofs", { when: proofs.data?.description ?? plan.verify_schedule, level: t(`level.${String(plan.verify_level) as "4"}`) }) : t("plan.says_no_proofs")}</p>
        {plan.notes && <p className="text-muted">{plan.notes}</p>}
      </div>
    </Card>
  );
}

function NextRuns({ plan }: { plan: Rows["plans"] }) {
  const t = useTranslate();
  const upcoming = useQuery({
    queryKey: ["plans", "upcoming", plan.id, plan.version],
    queryFn: () => answer(api.GET("/api/v1/plans/{id}/upcoming", { params: { path: { id: plan.id } } })),
    enabled: plan.schedule !== "",
  });
  return (
    <Card title={t("plan.next_runs")}>
      {plan.schedule === "" ? (
        <p className="p-4 text-muted">{t("plan.by_hand")}</p>
      ) : (
        <Answer of={upcoming} rows={4}>
          {({ runs }) => (
            <ol className="flex flex-col gap-2 p-4">
              {runs.slice(0, 8).map((run) => (
                <li key={run} className="flex justify-between gap-3">
                  <time dateTime={run}>{exactMoment(run, plan.zone)}</time>
                  <span className="text-muted">{relative(run)}</span>
                </li>
              ))}
            </ol>
          )}
        </Answer>
      )}
    </Card>
  );
}
