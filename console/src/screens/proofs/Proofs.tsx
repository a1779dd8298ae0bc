import { Link } from "@tanstack/react-router";
import { BadgeCheck } from "lucide-react";
import { useHistory } from "~/api/figures";
import { useById } from "~/api/rows";
import { DayBars } from "~/charts/DayBars";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import { toneOf } from "~/screens/overview/standing";
import { StateBadge } from "~/ui/Badge";
import { Moment } from "~/ui/Moment";
import { Card, Page } from "~/ui/Page";
import { tookSeconds } from "~/screens/runs/Runs";
import { runStates } from "~/screens/runs/Runs";
import { word } from "~/i18n/runtime";

/** What was really restored and compared, and how long that took. */
export default function Proofs() {
  const t = useTranslate();
  const history = useHistory();
  const databases = useById("databases");
  const days = history.data?.days ?? [];
  const all = (counts: Record<string, number>) => Object.values(counts).reduce((sum, one) => sum + one, 0);
  return (
    <Page title={t("nav.proofs")} guide={t("guide.proofs")} about={t("proofs.about")}>
      <Card title={t("proofs.course")} className="mb-4">
        <div className="p-4">
          <DayBars name={t("proofs.course")} value={t("nav.proofs")} bars={days.map((one) => ({ day: one.begins, value: all(one.proofs), text: formats.count(all(one.proofs)), tone: toneOf(one.proofs) }))} />
        </div>
      </Card>
      <RowList
        kind="runs"
        name={t("nav.proofs")}
        fixed={{ kind: "verify" }}
        sort="-id"
        filters={[{ field: "state", label: t("column.state"), choices: runStates.map((state) => [state, word("state", state)]) }]}
        columns={[
          {
            id: "database",
            label: t("column.database"),
            main: true,
            cell: (run) => (
              <>
                <Link to="/runs/$id" params={{ id: run.id }} className="font-medium hover:underline">
                  {databases.get(run.database)?.name ?? run.id}
                </Link>
                {run.error && <p className="text-xs text-bad">{run.error}</p>}
              </>
            ),
          },
          { id: "state", label: t("column.state"), corner: true, cell: (run) => <StateBadge state={run.state} /> },
          { id: "level", label: t("plan.verify_level"), cell: (run) => t(`level.${String(run.order.level || 4) as "4"}`) },
          {
            id: "took",
            label: t("column.took"),
            cell: (run) => {
              const seconds = tookSeconds(run);
              return seconds === undefined ? formats.none : formats.duration(seconds);
            },
          },
          { id: "when", label: t("column.entered"), sort: "id", cell: (run) => <Moment at={run.created} /> },
        ]}
        empty={{ icon: BadgeCheck, title: t("proofs.empty"), children: <p>{t("proofs.empty_about")}</p> }}
      />
    </Page>
  );
}
