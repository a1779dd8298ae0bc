import { useContents } from "~/api/contents";
import { type Rows, useRow } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { Dialog } from "~/ui/Dialog";
import { Answer } from "~/ui/States";
import { differences } from "./tables";

type Backup = Rows["backups"];
const most = 50; // tables shown

/** Two backups side by side, the older first; and which tables differ, where the facts can be read. */
export function Compare({ ids, onClose }: { ids: string[]; onClose: () => void }) {
  const t = useTranslate();
  const one = useRow("backups", ids[0]);
  const other = useRow("backups", ids[1]);
  return (
    <Dialog title={t("compare.title")} onClose={onClose} wide>
      <Answer of={one}>
        {(a) => (
          <Answer of={other}>
            {(b) => {
              const [before, after] = a.taken <= b.taken ? [a, b] : [b, a];
              return (
                <div className="flex flex-col gap-5">
                  <Figures before={before} after={after} />
                  {[before, after].every((backup) => backup.method === "logical") && <Tables before={before} after={after} />}
                </div>
              );
            }}
          </Answer>
        )}
      </Answer>
    </Dialog>
  );
}

const head = "px-3 py-2 text-end text-xs font-medium text-muted first:text-start";
const cell = "px-3 py-2 text-end";

/** "+1.2 MB" */
export function signed(change: number, write: (value: number) => string): string {
  return change === 0 ? "=" : `${change > 0 ? "+" : "−"}${write(Math.abs(change))}`;
}

function Figures({ before, after }: { before: Backup; after: Backup }) {
  const t = useTranslate();
  const seconds = (one: Backup) => (Date.parse(one.finished) - Date.parse(one.taken)) / 1000;
  const lines: [string, (one: Backup) => number, (value: number) => string][] = [
    [t("column.size"), (one) => one.plain_bytes, formats.bytes],
    [t("column.stored"), (one) => one.stored_bytes, formats.bytes],
    [t("contents.rows"), (one) => one.rows, formats.count],
    [t("contents.tables"), (one) => one.tables, formats.count],
    [t("column.took"), seconds, formats.duration],
  ];
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t("compare.title")}>
      <table className="w-full">
        <thead>
          <tr className="border-b border-line">
            <td />
            {[before, after].map((one) => (
              <th key={one.id} scope="col" className={head}>
                {formats.moment(one.taken)}
              </th>
            ))}
            <th scope="col" className={head}>
              {t("compare.change")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(([name, value, write]) => (
            <tr key={name} className="border-b border-line last:border-0">
              <th scope="row" className="px-3 py-2 text-start font-normal text-muted">
                {name}
              </th>
              <td className={cell}>{write(value(before))}</td>
              <td className={cell}>{write(value(after))}</td>
              <td className={`${cell} font-medium`} dir="ltr">{signed(value(after) - value(before), write)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Tables({ before, after }: { before: Backup; after: Backup }) {
  const t = useTranslate();
  const old = useContents(before.id, true);
  const now = useContents(after.id, true);
  const rows = (table: { rows: number } | undefined, missing: string) => (table ? formats.count(table.rows) : missing);
  return (
    <section aria-label={t("compare.tables")}>
      <h3 className="mb-2 font-semibold">{t("compare.tables")}</h3>
      <Answer of={old} rows={2}>
        {(a) => (
          <Answer of={now} rows={2}>
            {(b) => {
              const found = differences(a.tables, b.tables);
              if (found.length === 0) return <p className="text-muted">{t("compare.same")}</p>;
              return (
                <div className="max-h-72 overflow-auto" tabIndex={0} role="region" aria-label={t("compare.tables")}>
                  <table className="w-full">
                    <thead>
                      <tr className="border-b border-line">
                        {[t("contents.table"), t("audit.before"), t("audit.after"), t("compare.change")].map((name) => (
                          <th key={name} scope="col" className={head}>
                            {name}
                          </th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {found.slice(0, most).map((one) => (
                        <tr key={one.name} className="border-b border-line last:border-0">
                          <th scope="row" className="px-3 py-2 text-start font-mono text-[13px] font-normal break-all">
                            {one.name}
                          </th>
                          <td className={cell}>{rows(one.before, t("compare.new"))}</td>
                          <td className={cell}>{rows(one.after, t("compare.gone"))}</td>
                          <td className={`${cell} font-medium`} dir="ltr">{signed((one.after?.rows ?? 0) - (one.before?.rows ?? 0), formats.count)}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              );
            }}
          </Answer>
        )}
      </Answer>
    </section>
  );
}
