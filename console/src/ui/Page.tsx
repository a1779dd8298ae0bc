import { CircleHelp } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useTranslate } from "~/i18n/runtime";
import { Popover } from "./Popover";

/** A screen's title, what it is, and its first act. */
export function Page({ title, about, acts, guide, quiet, children }: { title: string; about?: ReactNode; acts?: ReactNode; guide?: string; quiet?: boolean; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · DumpStation`;
  }, [title]);
  return (
    <div className="page">
      <header className={quiet ? "sr-only" : "mb-5 flex flex-wrap items-start justify-between gap-3"}>
        <div className="min-w-0">
          <div className="flex items-center gap-1">
            <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
            {guide && <Guide title={title} text={guide} />}
          </div>
          {about && <div className="text-muted">{about}</div>}
        </div>
        {acts && <div className="flex flex-wrap gap-2">{acts}</div>}
      </header>
      {children}
    </div>
  );
}

/** What a page is about, in some sentences, for who wants to know. */
function Guide({ title, text }: { title: string; text: string }) {
  const t = useTranslate();
  return (
    <Popover name={t("guide.name")} title={title} mark={<CircleHelp size={16} aria-hidden />}>
      {() => <p className="p-4 leading-relaxed">{text}</p>}
    </Popover>
  );
}

export function Card({ title, acts, children, className = "" }: { title?: string; acts?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <section className={`card overflow-hidden ${className}`}>
      {title && (
        <header className="flex min-h-12 items-center justify-between gap-2 border-b border-line px-4 py-1.5">
          <h2 className="font-semibold">{title}</h2>
          {acts}
        </header>
      )}
      {children}
    </section>
  );
}

/** Names and values, side by side where there is room. */
export function Facts({ of }: { of: [string, ReactNode][] }) {
  return (
    <dl className="grid gap-x-6 gap-y-2.5 p-4 sm:grid-cols-[minmax(9rem,auto)_minmax(0,1fr)]">
      {of.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted max-sm:text-xs">{name}</dt>
          <dd className="min-w-0 break-words max-sm:mb-1.5">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
