import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { type Rows, removeRow, useAct } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import { useMay } from "~/rights";
import { useShortcuts } from "~/shell/shortcuts";
import { Badge } from "~/ui/Badge";
import { Button, NameButton } from "~/ui/Button";
import { Confirm } from "~/ui/Confirm";
import { Dialog } from "~/ui/Dialog";
import { Page } from "~/ui/Page";
import { KeyFields } from "./KeyForm";
import { NewKey } from "./NewKey";

export default function Keys() {
  const t = useTranslate();
  const [open, setOpen] = useState<"new" | "known" | Rows["keys"]>();
  const [removing, setRemoving] = useState<Rows["keys"]>();
  const remove = useAct((id: string) => removeRow("keys", id), "keys");
  const close = () => setOpen(undefined);
  const may = useMay("administer");
  useShortcuts(may ? { c: () => setOpen("new") } : {});
  return (
    <Page
      title={t("nav.keys")} guide={t("guide.keys")}
      about={t("keys.about")}
      acts={
        <>
          <Button needs="administer" kind="primary" onClick={() => setOpen("new")}>
            <Plus size={16} aria-hidden />
            {t("key.new")}
          </Button>
          <Button needs="administer" onClick={() => setOpen("known")}>{t("key.add")}</Button>
        </>
      }
    >
      <RowList
        kind="keys"
        name={t("nav.keys")}
        sort="name"
        columns={[
          {
            id: "name",
            label: t("column.name"),
            sort: "name",
            main: true,
            cell: (row) => (may ? <NameButton name={row.name} onClick={() => setOpen(row)} /> : row.name),
          },
          { id: "held", label: t("key.private"), corner: true, cell: (row) => (row.secrets_set?.length ? <Badge tone="ok">{t("key.here")}</Badge> : <Badge tone="idle">{t("key.elsewhere")}</Badge>) },
          { id: "recipient", wrap: true, label: t("key.recipient"), cell: (row) => <code dir="ltr" className="text-xs break-all">{row.recipient}</code> },
          {
            id: "acts",
            label: "",
            cell: (row) => (
              <Button needs="administer" size="small" kind="danger" onClick={() => setRemoving(row)}>
                {t("act.remove")}
              </Button>
            ),
          },
        ]}
        empty={{ icon: KeyRound, title: t("keys.empty"), children: <p>{t("keys.empty_about")}</p> }}
      />
      {open === "new" && (
        <Dialog title={t("key.new")} onClose={close}>
          <NewKey onDone={close} />
        </Dialog>
      )}
      {open && open !== "new" && (
        <Dialog title={open === "known" ? t("key.add") : t("key.edit")} onClose={close}>
          <KeyFields old={open === "known" ? undefined : open} onDone={close} />
        </Dialog>
      )}
      {removing && (
        <Confirm title={t("key.remove")} action={t("act.remove")} target={removing.name} act={() => remove.mutateAsync(removing.id)} onClose={() => setRemoving(undefined)}>
          <p>{t("key.remove_warning")}</p>
        </Confirm>
      )}
    </Page>
  );
}
