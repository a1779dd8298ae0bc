import { ScrollText } from "lucide-react";
import { useState } from "react";
import type { Rows } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate, word } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import { useListSearch } from "~/lists/search";
import { NameButton } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { Facts, Page } from "~/ui/Page";
import { AuditCheck } from "./AuditCheck";
import { AuditExport } from "./AuditExport";
import { Changes } from "./Changes";

const day = 86_400_000;
export const ways = ["session", "token", "sign-in", "command line", "server"];

/** Who did what, from where; as a chain that shows when somebody changed it. */
export default function Audit() {
  const t = useTranslate();
  const { search } = useListSearch();
  const [open, setOpen] = useState<Rows["audit"]>();
  const since = (days: number) => new Date(Math.floor(Date.now() / day - days) * day).toISOString().slice(0, 19) + "Z";
  return (
    <Page title={t("nav.audit")} about={t("audit.about")} acts={<AuditExport search={search} />}>
      <AuditCheck />
      <RowList
        kind="audit"
        name={t("nav.audit")}
        sort="-id"
        filters={[
          { field: "via", label: t("audit.via"), choices: ways.map((way) => [way, word("via", way.replaceAll(/[ -]/g, "_"))]) },
          { field: "created.gte", label: t("column.when"), choices: [1, 7, 30].map((days) => [since(days), t("audit.last_days", { count: days })]) },
        ]}
        columns={[
          { id: "action", label: t("audit.action"), main: true, cell: (row) => <NameButton name={row.action} onClick={() => setOpen(row)} /> },
          { id: "when", label: t("column.when"), sort: "id", corner: true, cell: (row) => <time dateTime={row.created}>{formats.moment(row.created)}</time> },
          { id: "actor", label: t("audit.actor"), cell: (row) => row.actor || formats.none },
          { id: "via", label: t("audit.via"), cell: (row) => word("via", row.via.replaceAll(/[ -]/g, "_")) },
          { id: "address", label: t("audit.from"), cell: (row) => <span dir="ltr">{row.address || formats.none}</span> },
        ]}
        empty={{ icon: ScrollText, title: t("audit.empty") }}
      />
      {open && (
        <Dialog title={open.action} onClose={() => setOpen(undefined)} wide>
          <Facts
            of={[
              [t("column.when"), formats.exactMoment(open.created)],
              [t("audit.actor"), open.actor || formats.none],
              [t("audit.from"), <span key="a" dir="ltr">{open.address || formats.none}</span>],
              [t("audit.object"), <code key="o" className="text-xs break-all">{open.object || formats.none}</code>],
              [t("audit.number"), formats.count(open.sequence)],
              ["SHA-256", <code key="h" dir="ltr" className="text-xs break-all">{open.hash}</code>],
            ]}
          />
          <Changes of={open.changes} />
        </Dialog>
      )}
    </Page>
  );
}
