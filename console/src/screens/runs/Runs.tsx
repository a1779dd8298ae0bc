import { Link } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import { useMemo } from "react";
import type { Schemas } from "~/api/client";
import { useById } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate, word } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import type { Column } from "~/lists/RowTable";
import { StateBadge } from "~/ui/Badge";
import { Moment } from "~/ui/Moment";
import { Page } from "~/ui/Page";
import { RunCalendar } from "./RunCalendar";
import { RunProgress } from "./RunProgress";

export const runKinds = ["backup", "restore", "verify", "prune", "undo"];
export const runStates = ["queued", "running", "succeeded", "partly", "failed", "cancelled", "interrupted"];

export function tookSeconds(run: Schemas["Run"]): number | undefined {
  return run.started && run.finished ? (Date.parse(run.finished) - Date.parse(run.started)) / 1000 : undefined;
}

export default function Runs() {
  const t = useTranslate();
  const databases = useById("databases");
  const names = [...databases.values()].map((one) => one.name).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is new each time, the names are not
  const columns = useMemo<Column<Schemas["Run"]>[]>(
    () => [
      {
        id: "run",
        label: t("column.run"),
        main: true,
        cell: (run) => (
          <>
            <Link to="/runs/$id" params={{ id: run.id }} className="font-medium hover:underline">
              {word("kind", run.kind)} {databases.get(run.database)?.name ?? ""}
            </Link>
            <div className="text-xs text-muted">{word("trigger", run.trigger)}</div>
            {run.error && <p className="line-clamp-2 max-w-md text-xs text-bad">{run.error}</p>}
          </>
        ),
      },
      { id: "state", label: t("column.state"), corner: true, cell: (run) => (run.state === "running" ? <RunProgress run={run} /> : <StateBadge state={run.state} />) },
      { id: "created", label: t("column.entered"), sort: "id", cell: (run) => <Moment at={run.created} /> },
      {
        id: "took",
        label: t("column.took"),
        cell: (run) => {
          const seconds = tookSeconds(run);
          return seconds === undefined ? formats.none : formats.duration(seconds);
        },
      },
      { id: "attempt", label: t("column.attempt"), cell: (run) => `${formats.count(run.attempt)} / ${formats.count(run.attempts_max)}` },
    ],
    [t, names],
  );
  return (
    <Page title={t("nav.runs")} about={t("runs.about")}>
      <RunCalendar />
      <RowList
        kind="runs"
        name={t("nav.runs")}
        columns={columns}
        sort="-id"
        empty={{ icon: ListChecks, title: t("runs.empty") }}
        filters={[
          { field: "state", label: t("column.state"), choices: runStates.map((state) => [state, word("state", state)]) },
          { field: "kind", label: t("column.kind"), choices: runKinds.map((kind) => [kind, word("kind", kind)]) },
        ]}
        bulk={[
          { needs: "operate", action: "cancel", label: t("run.cancel"), warning: t("run.cancel_warning") },
          { needs: "operate", action: "retry", label: t("run.retry") },
        ]}
      />
    </Page>
  );
}
