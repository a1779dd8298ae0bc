import type { Schemas } from "~/api/client";
import { none } from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";

const written = (value: unknown) => (value === undefined ? none : typeof value === "string" ? value || none : JSON.stringify(value));

/** The fields that an act changed, before and after. */
export function Changes({ of }: { of: Schemas["AuditChange"][] }) {
  const t = useTranslate();
  return of.map((change, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: an act may change one thing twice, and the order is fixed
    <section key={at} className="mt-3 overflow-x-auto rounded-lg border border-line" tabIndex={0} aria-label={change.object}>
      <h3 className="border-b border-line bg-sunken px-3 py-2 font-mono text-xs break-all">{change.object}</h3>
      <table className="w-full text-xs">
        <thead>
          <tr className="text-muted">
            {[t("audit.field"), t("audit.before"), t("audit.after")].map((name) => (
              <th key={name} scope="col" className="px-3 py-1.5 text-start font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fieldsOf(change).map((field) => (
            <tr key={field} className="border-t border-line align-top">
              <th scope="row" className="px-3 py-1.5 text-start font-mono font-normal">
                {field}
              </th>
              <td className="px-3 py-1.5 break-all">{written(change.before[field])}</td>
              <td className="px-3 py-1.5 break-all">{written(change.after[field])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  ));
}

export function fieldsOf({ before, after }: Pick<Schemas["AuditChange"], "before" | "after">): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name])).sort();
}
