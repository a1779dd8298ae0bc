import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { CalendarClock, Plus } from "lucide-react";
import { useState } from "react";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import { useMay } from "~/rights";
import { useShortcuts } from "~/shell/shortcuts";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Labels } from "~/ui/Labels";
import { Moment } from "~/ui/Moment";
import { Page } from "~/ui/Page";
import { PlanForm } from "./PlanForm";

export default function Plans() {
  const t = useTranslate();
  const navigate = useNavigate();
  const { add: database } = useSearch({ strict: false }) as { add?: string };
  const [adding, setAdding] = useState(database !== undefined);
  const may = useMay("administer");
  useShortcuts(may ? { c: () => setAdding(true) } : {});
  const add = (
    <Button needs="administer" kind="primary" onClick={() => setAdding(true)}>
      <Plus size={16} aria-hidden />
      {t("plan.add")}
    </Button>
  );
  const close = () => {
    setAdding(false);
    if (database) void navigate({ to: "/plans", search: {} as never, replace: true });
  };
  return (
    <Page title={t("nav.plans")} guide={t("guide.plans")} about={t("plans.about")} acts={add}>
      <RowList
        kind="plans"
        name={t("nav.plans")}
        sort="name"
        columns={[
          {
            id: "name",
            label: t("column.name"),
            sort: "name",
            main: true,
            cell: (row) => (
              <>
                <Link to="/plans/$id" params={{ id: row.id }} className="font-medium hover:underline">
                  {row.name}
                </Link>
                <div>
                  <Labels of={row.labels} />
                </div>
              </>
            ),
          },
          { id: "state", label: t("column.state"), corner: true, cell: (row) => (row.paused ? <Badge tone="idle">{t("protection.paused")}</Badge> : <Badge tone="ok">{t("plan.active")}</Badge>) },
          { id: "databases", label: t("nav.databases"), cell: (row) => formats.count(row.databases.length) },
          { id: "stores", label: t("nav.stores"), cell: (row) => formats.count(row.destinations.length) },
          { id: "schedule", label: t("plan.schedule"), cell: (row) => (row.schedule ? <code className="text-xs">{row.schedule}</code> : t("plan.by_hand")) },
          { id: "next", label: t("plan.next"), cell: (row) => <Moment at={row.next_run} /> },
        ]}
        bulk={[
          { needs: "operate", action: "run", label: t("plan.run") },
          { needs: "administer", action: "pause", label: t("act.pause"), warning: t("plan.pause_warning") },
          { needs: "administer", action: "resume", label: t("act.resume") },
        ]}
        empty={{ icon: CalendarClock, title: t("plans.empty"), children: add }}
      />
      {adding && <PlanForm databases={database ? [database] : []} onClose={close} />}
    </Page>
  );
}
