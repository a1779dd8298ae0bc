import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useById, useRows } from "~/api/rows";
import { useTranslate, word } from "~/i18n/runtime";
import { RunProgress } from "~/screens/runs/RunProgress";
import { Card } from "~/ui/Page";

export function RunningNow() {
  const t = useTranslate();
  const runs = useRows("runs", { "state.in": "running,queued", limit: 8, sort: "-id" });
  const databases = useById("databases");
  const items = runs.data?.items ?? [];
  return (
    <Card
      title={t("overview.running")}
      acts={
        <Link to="/runs" className="inline-flex items-center gap-1.5 rounded-sm text-muted hover:text-ink">
          {t("nav.runs")} <ArrowRight size={14} className="rtl:-scale-x-100" aria-hidden />
        </Link>
      }
    >
      {items.length === 0 && <p className="p-4 text-muted">{t("overview.nothing_runs")}</p>}
      <ul>
        {items.map((run) => (
          <li key={run.id} className="border-b border-line px-4 py-3 last:border-0">
            <Link to="/runs/$id" params={{ id: run.id }} className="mb-1.5 block hover:underline">
              <span className="font-medium">{databases.get(run.database)?.name ?? word("kind", run.kind)}</span>{" "}
              <span className="text-muted">{word("kind", run.kind)}</span>
            </Link>
            <RunProgress run={run} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
