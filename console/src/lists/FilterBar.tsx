import { Search as Glass } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslate } from "~/i18n/runtime";
import { useShortcuts } from "~/shell/shortcuts";
import type { Search } from "./search";

interface Props {
  searched: boolean;
  filters: { field: string; label: string; choices: [string, string][] }[];
  search: Search;
  change: (to: Record<string, string | undefined>, replace?: boolean) => void;
  children?: ReactNode;
}

export function FilterBar({ searched, filters, search, change, children }: Props) {
  const t = useTranslate();
  return (
    <search className="mb-4 flex flex-wrap items-center gap-2.5">
      {searched && <Words search={search} change={change} />}
      {filters.map(({ field, label, choices }) => (
        <select key={field} aria-label={label} value={search[field] ?? ""} onChange={(event) => change({ [field]: event.target.value })} className="control w-auto! max-w-full">
          <option value="">
            {label}: {t("list.all")}
          </option>
          {choices.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      ))}
      {children}
    </search>
  );
}

const pause = 250; // milliseconds without typing before the server is asked

function Words({ search, change }: Pick<Props, "search" | "change">) {
  const t = useTranslate();
  const [typed, setTyped] = useState(search.q ?? "");
  const box = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => box.current?.focus() });
  useEffect(() => setTyped(search.q ?? ""), [search.q]);
  useEffect(() => {
    if (typed === (search.q ?? "")) return;
    const timer = setTimeout(() => change({ q: typed }, true), pause);
    return () => clearTimeout(timer);
  });
  return (
    <div className="relative w-72 max-w-full max-sm:w-full">
      <Glass size={16} className="pointer-events-none absolute inset-s-3 top-2.5 text-faint" aria-hidden />
      <input ref={box} type="search" aria-label={t("list.search")} placeholder={t("list.search")} value={typed} onChange={(event) => setTyped(event.target.value)} className="control ps-9!" />
    </div>
  );
}
