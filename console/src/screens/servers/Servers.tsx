import { Link } from "@tanstack/react-router";
import { Plus, Server } from "lucide-react";
import { useState } from "react";
import { useTranslate } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import { useMay } from "~/rights";
import { useShortcuts } from "~/shell/shortcuts";
import { Button } from "~/ui/Button";
import { Labels } from "~/ui/Labels";
import { Moment } from "~/ui/Moment";
import { Page } from "~/ui/Page";
import { ServerForm } from "./ServerForm";

export default function Servers() {
  const t = useTranslate();
  const [adding, setAdding] = useState(false);
  const may = useMay("administer");
  useShortcuts(may ? { c: () => setAdding(true) } : {});
  const add = (
    <Button needs="administer" kind="primary" onClick={() => setAdding(true)}>
      <Plus size={16} aria-hidden />
      {t("server.add")}
    </Button>
  );
  return (
    <Page title={t("nav.servers")} guide={t("guide.servers")} about={t("servers.about")} acts={add}>
      <RowList
        kind="servers"
        name={t("nav.servers")}
        sort="name"
        columns={[
          {
            id: "name",
            label: t("column.name"),
            sort: "name",
            main: true,
            cell: (row) => (
              <>
                <Link to="/servers/$id" params={{ id: row.id }} className="font-medium hover:underline">
                  {row.name}
                </Link>
                <div>
                  <Labels of={row.labels} />
                </div>
              </>
            ),
          },
          { id: "url", wrap: true, label: t("server.url"), cell: (row) => <code dir="ltr" className="text-xs break-all">{row.url}</code> },
          { id: "changed", label: t("column.changed"), cell: (row) => <Moment at={row.changed} /> },
        ]}
        empty={{ icon: Server, title: t("servers.empty"), children: add }}
      />
      {adding && <ServerForm onClose={() => setAdding(false)} />}
    </Page>
  );
}
