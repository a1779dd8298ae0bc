import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, memo } from "react";
import { useTranslate } from "~/i18n/runtime";
import { nextSort } from "./search";

export interface Column<T> {
  id: string;
  label: string;
  cell: (row: T) => ReactNode;
  /** The name that the server sorts by. */
  sort?: string;
  /** Names the row; on a phone it stands above the others. */
  main?: boolean;
  /** On a phone beside the name. */
  corner?: boolean;
  /** Longer than a line. */
  wrap?: boolean;
}

interface Props<T> {
  name: string;
  columns: Column<T>[];
  rows: T[];
  sort?: string;
  onSort?: (to: string) => void;
  picked?: ReadonlySet<string>;
  onPick?: (to: ReadonlySet<string>) => void;
}

export function RowTable<T extends { id: string }>({ name, columns, rows, sort, onSort, picked, onPick }: Props<T>) {
  const t = useTranslate();
  const all = picked !== undefined && rows.length > 0 && rows.every((row) => picked.has(row.id));
  const toggle = (id: string) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    onPick?.(next);
  };
  return (
    <table className={`rows w-full text-start ${picked ? "picks" : ""}`} aria-label={name}>
      <thead>
        <tr className="border-b border-line">
          {picked && (
            <th className="w-10 ps-2">
              <label className="grid size-8 cursor-pointer place-items-center">
              <input type="checkbox" aria-label={t("list.pick_all")} checked={all} onChange={() => onPick?.(all ? new Set() : new Set(rows.map((row) => row.id)))} />
              </label>
            </th>
          )}
          {columns.map((column) => (
            <Head key={column.id} column={column} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <RowLine key={row.id} row={row} columns={columns} isPicked={picked?.has(row.id)} onToggle={picked ? toggle : undefined} />
        ))}
      </tbody>
    </table>
  );
}

function Head<T>({ column, sort, onSort }: { column: Column<T>; sort?: string; onSort?: (to: string) => void }) {
  const t = useTranslate();
  const mine = sort?.replace(/^-/, "") === column.sort && column.sort !== undefined;
  const direction = mine ? (sort?.startsWith("-") ? "descending" : "ascending") : undefined;
  const look = "px-4 py-2.5 text-start text-xs font-medium text-muted whitespace-nowrap";
  if (!column.sort || !onSort)
    return (
      <th scope="col" className={look}>
        {column.label || <span className="sr-only">{t("list.acts")}</span>}
      </th>
    );
  const Arrow = direction === "descending" ? ArrowDown : ArrowUp;
  return (
    <th scope="col" className={look} aria-sort={direction}>
      <button type="button" className="inline-flex items-center gap-1 rounded-sm cursor-pointer hover:text-ink" onClick={() => onSort(nextSort(sort, column.sort as string))}>
        {column.label}
        {mine && <Arrow size={13} aria-hidden />}
      </button>
    </th>
  );
}

interface LineProps<T> {
  row: T;
  columns: Column<T>[];
  isPicked?: boolean;
  onToggle?: (id: string) => void;
}

/** A tick of progress draws one row again, not all of them. */
const RowLine = memo(PlainLine, (old, now) => old.row === now.row && old.columns === now.columns && old.isPicked === now.isPicked && old.onToggle === now.onToggle) as typeof PlainLine;

function PlainLine<T extends { id: string }>({ row, columns, isPicked, onToggle }: LineProps<T>) {
  const t = useTranslate();
  return (
    <tr className="border-b border-line last:border-0 focus-within:bg-sunken/50 hover:bg-sunken/50">
      {onToggle && (
        <td className="pick w-10 ps-2">
          <label className="grid size-8 cursor-pointer place-items-center">
            <input type="checkbox" aria-label={t("list.pick")} checked={isPicked ?? false} onChange={() => onToggle(row.id)} />
          </label>
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          data-label={column.main || column.corner || !column.label ? undefined : column.label}
          className={`px-4 py-2.5 align-middle ${column.main ? "main" : ""} ${column.corner ? "corner" : ""} ${column.wrap ? "wrap" : ""}`}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}
