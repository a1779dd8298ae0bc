import { CloudOff, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Refusal, Unreachable } from "~/api/client";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "./Button";
import { Page } from "./Page";

/** One sentence, one act, and what will be here. */
export function Empty({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-14 text-center">
      <Icon size={28} className="text-faint" aria-hidden />
      <p className="font-semibold">{title}</p>
      {children && <div className="flex max-w-md flex-col items-center gap-3 text-muted">{children}</div>}
    </div>
  );
}

/** What happened and what to do, as far as it is known. */
export function ProblemNote({ problem, retry }: { problem: unknown; retry?: () => void }) {
  const t = useTranslate();
  const refusal = problem instanceof Refusal ? problem : undefined;
  const Icon = problem instanceof Unreachable ? CloudOff : TriangleAlert;
  return (
    <div role="alert" className="flex items-start gap-3 rounded-lg bg-bad-soft p-3.5 text-bad">
      <Icon size={18} className="mt-0.5 flex-none" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">
          {refusal ? refusal.message : problem instanceof Unreachable ? t("problem.unreachable") : String(problem)}
        </p>
        <p className="text-sm">{refusal ? refusal.hint : t("problem.unreachable_hint")}</p>
        {retry && (
          <Button size="small" className="mt-2" onClick={retry}>
            {t("act.try_again")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** In the shape of what comes. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  const t = useTranslate();
  return (
    <div className="flex flex-col gap-3 p-4" role="status" aria-label={t("state.loading")}>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} className="skeleton h-9" />
      ))}
    </div>
  );
}

interface Asked<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** The three states of whatever was asked of the server. Old data stays while it is read again. */
export function Answer<T>({ of, rows, page, children }: { of: Asked<T>; rows?: number; page?: boolean; children: (data: T) => ReactNode }) {
  const t = useTranslate();
  if (of.data !== undefined) return children(of.data);
  if (of.error) {
    const note = <ProblemNote problem={of.error} retry={() => of.refetch()} />;
    return page ? <Page title={t("problem.page")}>{note}</Page> : <div className="p-4">{note}</div>;
  }
  const waiting = <Waiting rows={rows} />;
  // A page has its heading also while it waits.
  return page ? <Page title={t("state.loading")}>{waiting}</Page> : waiting;
}
