import { ShieldCheck, ShieldX } from "lucide-react";
import { type Schemas, answer, api } from "~/api/client";
import { useAct } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "~/ui/Button";
import { ProblemNote } from "~/ui/States";

/** Whether the audit is as it was written: asked when somebody wants to know, as it reads all of it. */
export function AuditCheck() {
  const t = useTranslate();
  const check = useAct(() => answer(api.GET("/api/v1/audit-check")));
  return (
    <section aria-label={t("audit.check")} className="card mb-4 flex flex-wrap items-center gap-3 p-4">
      <div className="min-w-0 flex-1 basis-64" role="status">
        {check.data ? <Report report={check.data} /> : check.error ? <ProblemNote problem={check.error} /> : <p className="text-muted">{t("audit.check_about")}</p>}
      </div>
      <Button busy={check.isPending} onClick={() => check.mutate(undefined)}>
        {t("audit.check")}
      </Button>
    </section>
  );
}

function Report({ report }: { report: Schemas["AuditReport"] }) {
  const t = useTranslate();
  const Icon = report.intact ? ShieldCheck : ShieldX;
  return (
    <div className="flex items-start gap-2.5">
      <Icon size={18} className={`mt-0.5 flex-none ${report.intact ? "text-ok" : "text-bad"}`} aria-hidden />
      <div className="min-w-0">
        <p className="font-medium">{report.intact ? t("audit.intact", { count: report.rows }) : t("audit.broken", { count: report.faults_found })}</p>
        {report.faults.map((fault) => (
          <p key={fault.sequence} className="text-sm break-words text-bad">
            {formats.count(fault.sequence)}: {fault.detail}
          </p>
        ))}
        <p className="hint">{t("audit.keep_hash")}</p>
        <code dir="ltr" className="text-xs break-all">
          {report.last}:{report.hash}
        </code>
      </div>
    </div>
  );
}
