import { type LucideIcon, SearchX } from "lucide-react";
import { type ReactNode, useContext, useState } from "react";
import { type Kind, type Rows, useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { HeldRight, allows } from "~/rights";
import { useShortcuts } from "~/shell/shortcuts";
import { Button } from "~/ui/Button";
import { Answer, Empty } from "~/ui/States";
import { BulkBar, type BulkAction } from "./BulkBar";
import { FilterBar } from "./FilterBar";
import { Pager } from "./Pager";
import { type Column, RowTable } from "./RowTable";
import { moveInRows, pickRow } from "./rowKeys";
import { type Search, useListSearch } from "./search";

export interface RowListProps<K extends Kind> {
  kind: K;
  name: string;
  columns: Column<Rows[K]>[];
  empty: { icon: LucideIcon; title: string; children?: ReactNode };
  filters?: { field: string; label: string; choices: [string, string][] }[];
  fixed?: Search;
  bulk?: BulkAction[];
  sort?: string;
  searched?: boolean;
  tools?: ReactNode;
}

const meta = ["q", "sort", "cursor", "limit", "label", "tab"];

/** A list of rows as the address says: filter, search, sort, page; with what can be done to many. */
export function RowList<K extends Kind>(props: RowListProps<K>) {
  const { kind, columns, empty, filters = [], fixed = {}, sort, searched = true } = props;
  const t = useTranslate();
  const { search, change } = useListSearch();
  const held = useContext(HeldRight);
  const offered = (props.bulk ?? []).filter((one) => allows(held, one.needs));
  const bulk = offered.length > 0 ? offered : undefined;
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const known = new Set([...meta, ...filters.map((one) => one.field)]);
  const asked = Object.fromEntries(Object.entries(search).filter(([name]) => known.has(name) && name !== "tab"));
  const page = useRows(kind, { limit: 50, ...(sort ? { sort } : {}), ...asked, ...fixed });
  const isFiltered = Object.keys(asked).some((name) => !["sort", "limit"].includes(name));
  useShortcuts({ j: () => moveInRows(1), k: () => moveInRows(-1), x: pickRow });

  return (
    <>
      {(searched || filters.length > 0) && (
        <FilterBar searched={searched} filters={filters} search={search} change={change}>
          {props.tools}
        </FilterBar>
      )}
      {bulk && <BulkBar kind={kind} actions={bulk} picked={picked} clear={() => setPicked(new Set())} />}
      <section className="card overflow-hidden" aria-label={props.name}>
        <Answer of={page} rows={8}>
          {(data) =>
            data.items.length === 0 ? (
              isFiltered ? (
                <Empty icon={SearchX} title={t("list.no_hit")}>
                  <Button onClick={() => change(Object.fromEntries(Object.keys(asked).map((name) => [name, undefined])))}>{t("list.clear")}</Button>
                </Empty>
              ) : (
                <Empty icon={empty.icon} title={empty.title}>
                  {empty.children}
                </Empty>
              )
            ) : (
              <RowTable
                name={props.name}
                columns={columns}
                rows={data.items}
                sort={search.sort ?? sort}
                onSort={(to) => change({ sort: to })}
                picked={bulk ? picked : undefined}
                onPick={setPicked}
              />
            )
          }
        </Answer>
      </section>
      <Pager cursor={search.cursor} next={page.data?.next} change={change} />
    </>
  );
}
