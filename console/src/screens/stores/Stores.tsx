import { Link } from "@tanstack/react-router";
import { HardDrive, Plus } from "lucide-react";
import { useState } from "react";
import { useStatistics } from "~/api/figures";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import { useMay } from "~/rights";
import { useShortcuts } from "~/shell/shortcuts";
import { Badge } from "~/ui/Badge";
import { Bar } from "~/ui/Bar";
import { Button } from "~/ui/Button";
import { Labels } from "~/ui/Labels";
import { Page } from "~/ui/Page";
import { StoresCourse } from "./StoresCourse";
import { StoreForm } from "./StoreForm";

export default function Stores() {
  const t = useTranslate();
  const [adding, setAdding] = useState(false);
  const statistics = useStatistics();
  const use = new Map((statistics.data?.stores ?? []).map((one) => [one.store, one]));
  const may = useMay("administer");
  useShortcuts(may ? { c: () => setAdding(true) } : {});
  const add = (
    <Button needs="administer" kind="primary" onClick={() => setAdding(true)}>
      <Plus size={16} aria-hidden />
      {t("store.add")}
    </Button>
  );
  return (
    <Page title={t("nav.stores")} guide={t("guide.stores")} about={t("stores.about")} acts={add}>
      <StoresCourse />
      <RowList
        kind="stores"
        name={t("nav.stores")}
        sort="name"
        columns={[
          {
            id: "name",
            label: t("column.name"),
            sort: "name",
            main: true,
            cell: (row) => (
              <>
                <Link to="/stores/$id" params={{ id: row.id }} className="font-medium hover:underline">
                  {row.name}
                </Link>
                <div>
                  <Labels of={row.labels} />
                </div>
              </>
            ),
          },
          {
            id: "state",
            label: t("column.state"),
            corner: true,
            cell: (row) => (row.paused ? <Badge tone="idle">{t("protection.paused")}</Badge> : row.nearly_full ? <Badge tone="warn">{t("store.nearly_full")}</Badge> : <Badge tone="ok">{t("store.in_use")}</Badge>),
          },
          { id: "url", wrap: true, label: t("store.url"), cell: (row) => <code dir="ltr" className="text-xs break-all">{row.url}</code> },
          { id: "copies", label: t("column.copies"), cell: (row) => formats.count(use.get(row.id)?.copies ?? 0) },
          {
            id: "used",
            label: t("column.stored"),
            cell: (row) => {
              const used = use.get(row.id)?.stored_bytes ?? 0;
              return (
                <div className="min-w-28">
                  {formats.bytes(used)}
                  {row.bytes_max > 0 && <Bar part={used / row.bytes_max} tone={used / row.bytes_max > 0.9 ? "bad" : "ok"} name={t("store.used_of", { size: formats.bytes(row.bytes_max) })} />}
                </div>
              );
            },
          },
        ]}
        bulk={[
          { needs: "administer", action: "pause", label: t("act.pause"), warning: t("store.pause_warning") },
          { needs: "administer", action: "resume", label: t("act.resume") },
        ]}
        empty={{ icon: HardDrive, title: t("stores.empty"), children: add }}
      />
      {adding && <StoreForm onClose={() => setAdding(false)} />}
    </Page>
  );
}
