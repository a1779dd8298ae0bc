import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { type Rows, removeRow, useAct, useRow, useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { DatabaseForm } from "~/screens/databases/DatabaseForm";
import { Button } from "~/ui/Button";
import { Confirm } from "~/ui/Confirm";
import { Labels } from "~/ui/Labels";
import { Card, Facts, Page } from "~/ui/Page";
import { Answer } from "~/ui/States";
import { ServerForm } from "./ServerForm";
import { ServerTest } from "./ServerTest";

export default function ServerScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const server = useRow("servers", id);
  return <Answer of={server} page>{(row) => <Whole server={row} />}</Answer>;
}

function Whole({ server }: { server: Rows["servers"] }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "remove" | "database">();
  const databases = useRows("databases", { server: server.id, limit: 500 });
  const remove = useAct(() => removeRow("servers", server.id), "servers");
  const close = () => setOpen(undefined);
  const acts = (
    <>
      <Button needs="administer" kind="primary" onClick={() => setOpen("database")}>{t("database.add")}</Button>
      <Button needs="administer" onClick={() => setOpen("edit")}>{t("act.edit")}</Button>
      <Button needs="administer" kind="danger" onClick={() => setOpen("remove")}>{t("act.remove")}</Button>
    </>
  );
  return (
    <Page title={server.name} about={<Labels of={server.labels} />} acts={acts}>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <ServerTest id={server.id} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t("run.facts")}>
            <Facts
              of={[
                [t("server.url"), <code key="u" dir="ltr" className="text-xs break-all">{server.url}</code>],
                [t("door.password"), server.secrets_set?.length ? t("secret.set") : t("secret.not_set")],
                [t("column.notes"), server.notes || "—"],
              ]}
            />
          </Card>
          <Card title={t("nav.databases")}>
            <ul>
              {(databases.data?.items ?? []).map((one) => (
                <li key={one.id} className="border-b border-line px-4 py-2.5 last:border-0">
                  <Link to="/databases/$id" params={{ id: one.id }} className="font-medium hover:underline">
                    {one.name}
                  </Link>
                </li>
              ))}
            </ul>
            {databases.data?.items.length === 0 && <p className="p-4 text-muted">{t("databases.empty")}</p>}
          </Card>
        </div>
      </div>
      {open === "edit" && <ServerForm old={server} onClose={close} />}
      {open === "database" && <DatabaseForm server={server.id} onClose={close} />}
      {open === "remove" && (
        <Confirm
          title={t("server.remove")}
          action={t("act.remove")}
          target={server.name}
          onClose={close}
          act={async () => {
            await remove.mutateAsync(undefined);
            await navigate({ to: "/servers" });
          }}
        >
          <p>{t("server.remove_warning")}</p>
        </Confirm>
      )}
    </Page>
  );
}
