import { ShieldCheck } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { type Language, chooseLanguage, languages, useLanguage, useTranslate } from "~/i18n/runtime";

/** What somebody sees who is not signed in. */
export function Door({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  const t = useTranslate();
  const language = useLanguage();
  useEffect(() => {
    document.title = `${title} · DumpStation`;
  }, [title]);
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-md">
        <div className="mb-5 flex items-center gap-3">
          <span className="grid size-9 place-items-center rounded-lg bg-brand text-brand-ink">
            <ShieldCheck size={22} aria-hidden />
          </span>
          <span className="text-lg font-semibold">DumpStation</span>
          <select aria-label={t("shell.language")} value={language} onChange={(event) => void chooseLanguage(event.target.value as Language)} className="control ms-auto w-auto!">
            {Object.entries(languages).map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div className="card p-5 sm:p-6">
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          {about && <div className="mt-1 text-muted">{about}</div>}
          <div className="mt-5">{children}</div>
        </div>
      </div>
    </main>
  );
}
