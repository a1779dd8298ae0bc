import { Link } from "@tanstack/react-router";
import { useById, useRows } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { RowTable } from "~/lists/RowTable";
import { StateBadge } from "~/ui/Badge";
import { Card } from "~/ui/Page";
import { Answer } from "~/ui/States";

/** Where a backup lies, each copy with its own state. */
export function Copies({ backup }: { backup: string }) {
  const t = useTranslate();
  const stores = useById("stores");
  const copies = useRows("copies", { backup, limit: 50 });
  return (
    <Card title={t("column.copies")}>
      <Answer of={copies} rows={2}>
        {({ items }) => (
          <RowTable
            name={t("column.copies")}
            rows={items}
            columns={[
              { id: "store", label: t("column.store"), main: true, cell: (copy) => <Link to="/stores/$id" params={{ id: copy.store }} className="font-medium hover:underline">{stores.get(copy.store)?.name ?? copy.store}</Link> },
              { id: "state", label: t("column.state"), corner: true, cell: (copy) => <StateBadge state={copy.damaged ? "failed" : copy.state} /> },
              { id: "size", label: t("column.stored"), cell: (copy) => formats.bytes(copy.stored_bytes) },
              {
                id: "why",
                wrap: true,
                label: t("column.why"),
                cell: (copy) => (
                  <span className="text-xs text-muted">
                    {copy.error || copy.reason || formats.none}
                    {copy.remove_after && ` · ${t("backup.goes_at", { time: formats.moment(copy.remove_after) })}`}
                  </span>
                ),
              },
            ]}
          />
        )}
      </Answer>
    </Card>
  );
}
