import type { Rows } from "~/api/rows";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { Confirm } from "~/ui/Confirm";
import type { Question } from "./RestoreForm";

interface Props {
  question: Question;
  replaces: boolean;
  server: string;
  backup: Rows["backups"];
  act: () => Promise<void>;
  onClose: () => void;
}

/** Only what takes the place of something has to be typed. */
export function ConfirmRestore({ question, replaces, server, backup, act, onClose }: Props) {
  const t = useTranslate();
  const name = question.into_database ?? "";
  const tables = question.tables ?? [];
  return (
    <Confirm title={t("restore.begin")} action={t("restore.begin")} target={replaces ? name : undefined} act={act} onClose={onClose}>
      <p>{t("restore.says", { backup: backup.name, time: formats.exactMoment(backup.taken), name, server })}</p>
      {tables.length > 0 && <p className="font-mono text-[13px] break-words">{tables.join(", ")}</p>}
      {replaces && <p className="text-bad">{t("restore.replaces", { name })}</p>}
    </Confirm>
  );
}
