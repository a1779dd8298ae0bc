import { useTranslate } from "~/i18n/runtime";

interface Props {
  name: string;
  head: string[];
  rows: { key: string; cells: string[] }[];
}

/** The figures behind a chart, for who would rather read or listen. */
export function ChartTable({ name, head, rows }: Props) {
  const t = useTranslate();
  return (
    <details className="mt-1 text-xs text-muted">
      <summary className="w-fit cursor-pointer rounded-sm">{t("chart.table")}</summary>
      <div className="mt-2 max-h-60 overflow-auto" tabIndex={0} role="group" aria-label={name}>
        <table className="w-full">
          <thead>
            <tr>
              {head.map((one, at) => (
                <th key={one} scope="col" className={`font-medium ${at === 0 ? "text-start" : "ps-3 text-end"}`}>
                  {one}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key}>
                {cells.map((cell, at) => (
                  <td key={head[at]} className={at === 0 ? "" : "ps-3 text-end"}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
