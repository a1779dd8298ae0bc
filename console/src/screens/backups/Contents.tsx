import { useState } from "react";
import { nameOf, useContents } from "~/api/contents";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { RowTable } from "~/lists/RowTable";
import { nextSort } from "~/lists/search";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Page";
import { Answer } from "~/ui/States";
import { sortTables } from "./tables";

const most = 100; // rows drawn at once; the search finds the others

/** The tables in a backup. Looked up when somebody asks, as it costs a read from the store. */
export function Contents({ backup }: { backup: string }) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState("");
  const [sort, setSort] = useState("-bytes");
  const contents = useContents(backup, open);
  return (
    <Card
      title={t("contents.title")}
      acts={open && <input type="search" aria-label={t("contents.find")} placeholder={t("contents.find")} value={wanted} onChange={(event) => setWanted(event.target.value)} className="control w-44! min-h-8!" />}
    >
      {open ? (
        <Answer of={contents} rows={3}>
          {({ tables }) => {
            const found = sortTables(tables.filter((table) => nameOf(table).toLowerCase().includes(wanted.toLowerCase())), sort);
            if (found.length === 0) return <p className="p-4 text-muted">{tables.length === 0 ? t("contents.none") : t("list.no_hit")}</p>;
            return (
              <>
                <RowTable
                  name={t("contents.title")}
                  rows={found.slice(0, most).map((table) => ({ ...table, id: nameOf(table) }))}
                  sort={sort}
                  onSort={(by) => setSort(nextSort(sort, by.replace("-", "")))}
                  columns={[
                    { id: "name", label: t("contents.table"), sort: "name", main: true, cell: (row) => <code className="text-[13px]">{row.id}</code> },
                    { id: "rows", label: t("contents.rows"), sort: "rows", cell: (row) => formats.count(row.rows) },
                    { id: "bytes", label: t("column.size"), sort: "bytes", cell: (row) => formats.bytes(row.bytes) },
                  ]}
                />
                {found.length > most && <p className="hint p-3">{t("contents.more", { count: found.length - most })}</p>}
              </>
            );
          }}
        </Answer>
      ) : (
        <div className="flex flex-col items-start gap-3 p-4">
          <p className="text-muted">{t("contents.about")}</p>
          <Button onClick={() => setOpen(true)}>{t("contents.look")}</Button>
        </div>
      )}
    </Card>
  );
}
