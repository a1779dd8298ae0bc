import { Link } from "@tanstack/react-router";
import { useById, useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { RunProgress } from "~/screens/runs/RunProgress";
import { Card } from "~/ui/Page";

/** What is on its way to becoming a backup. */
export function RunningBackups() {
  const t = useTranslate();
  const databases = useById("databases");
  const runs = useRows("runs", { kind: "backup", "state.in": "running,queued", limit: 20 });
  const items = runs.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card title={t("overview.running")} className="mb-4">
      <ul className="grid sm:grid-cols-2 xl:grid-cols-3">
        {items.map((run) => (
          <li key={run.id} className="px-4 py-3">
            <Link to="/runs/$id" params={{ id: run.id }} className="mb-1.5 block font-medium hover:underline">
              {databases.get(run.database)?.name}
            </Link>
            <RunProgress run={run} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
