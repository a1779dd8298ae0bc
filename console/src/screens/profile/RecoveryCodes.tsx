import { Download } from "lucide-react";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "~/ui/Button";
import { Copyable } from "~/ui/Copyable";
import { saveAs } from "~/ui/saving";

/** Told once; each is good once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const t = useTranslate();
  const text = codes.join("\n");
  return (
    <div className="flex flex-col gap-4">
      <p className="font-medium">{t("factor.codes_about")}</p>
      <Copyable text={text} name={t("factor.codes")} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => saveAs("dumpstation-recovery-codes.txt", `${text}\n`)}>
          <Download size={16} aria-hidden />
          {t("factor.download_codes")}
        </Button>
        <Button kind="primary" onClick={onDone}>
          {t("factor.codes_kept")}
        </Button>
      </div>
    </div>
  );
}
