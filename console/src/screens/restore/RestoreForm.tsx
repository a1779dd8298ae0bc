import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type Schemas, answer, api } from "~/api/client";
import { type Rows, useById, useRow, useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "~/ui/Button";
import { SelectField, TextArea, TextField, Tick } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Card } from "~/ui/Page";
import { ProblemNote } from "~/ui/States";
import { readLines, useForm } from "~/ui/useForm";
import { ConfirmRestore } from "./ConfirmRestore";
import { Findings } from "./Findings";

export type Question = Schemas["RestoreQuestion_body"];

export interface Where {
  scope: string;
  tables: string;
  server: string;
  database: string;
  replace: boolean;
  safety: boolean;
  [name: string]: string | boolean;
}

export function questionOf(typed: Where): Question {
  return {
    into_server: typed.server,
    into_database: typed.database,
    tables: typed.scope === "tables" ? readLines(typed.tables) : [],
    replace: typed.replace,
    ...(typed.replace ? { confirm: typed.database, safety_backup: typed.safety } : {}),
  };
}

/** Beside what is there, unless somebody says otherwise. */
const besides = (name: string) => `${name}_restored`;

export function RestoreForm({ backup }: { backup: Rows["backups"] }) {
  const database = useRow("databases", backup.database);
  if (!database.data) return database.error ? <ProblemNote problem={database.error} /> : null;
  return <Whole backup={backup} database={database.data} />;
}

function Whole({ backup, database }: { backup: Rows["backups"]; database: Rows["databases"] }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const servers = useRows("servers", { limit: 500, sort: "name" });
  const target = useById("servers");
  const [found, setFound] = useState<{ question: Question; answer: Schemas["PreflightAnswer"] }>();
  const [confirming, setConfirming] = useState(false);
  const path = { params: { path: { id: backup.id } } };
  const initial: Where = { scope: "all", tables: "", server: database.server, database: besides(database.name), replace: false, safety: true };
  const form = useForm(initial, async (typed) => {
    const question = questionOf(typed);
    setFound({ question, answer: await answer(api.POST("/api/v1/backups/{id}/restore/preflight", { ...path, body: question })) });
  });
  const change = (to: Partial<Where>) => {
    form.set(to);
    setFound(undefined);
  };
  const begin = async () => {
    const run = await answer(api.POST("/api/v1/backups/{id}/restore", { ...path, body: found?.question ?? {} }));
    await navigate({ to: "/runs/$id", params: { id: run.id } });
  };
  return (
    <>
      <Card title={t("restore.where")}>
        <div className="p-4">
          <Form form={form} action={t("restore.look_ahead")}>
            <div className="grid gap-4 sm:grid-cols-2">
              <SelectField label={t("restore.scope")} name="scope" value={form.values.scope} onChange={(event) => change({ scope: event.target.value })}>
                <option value="all">{t("restore.all")}</option>
                <option value="tables">{t("restore.tables")}</option>
              </SelectField>
              {form.values.scope === "tables" && (
                <TextArea label={t("restore.tables")} help={t("restore.tables_help")} name="tables" dir="ltr" className="font-mono text-[13px]" value={form.values.tables} onChange={(event) => change({ tables: event.target.value })} />
              )}
            </div>
            <div className="grid gap-4 sm:grid-cols-2">
              <SelectField label={t("column.server")} name="into_server" value={form.values.server} onChange={(event) => change({ server: event.target.value })}>
                {(servers.data?.items ?? []).map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </SelectField>
              <TextField label={t("restore.into")} help={t("restore.into_help")} name="into_database" dir="ltr" className="font-mono" value={form.values.database} onChange={(event) => change({ database: event.target.value })} />
            </div>
            <Tick label={t("restore.replace")} help={t("restore.replace_help")} checked={form.values.replace} onChange={(event) => change({ replace: event.target.checked })} />
            {form.values.replace && <Tick label={t("restore.safety")} help={t("restore.safety_help")} checked={form.values.safety} onChange={(event) => change({ safety: event.target.checked })} />}
          </Form>
        </div>
      </Card>
      {found && (
        <Card title={t("restore.ahead")}>
          <div className="flex flex-col gap-4 p-4">
            <Findings of={found.answer.findings} />
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p className={found.answer.ready ? "text-ok" : "text-bad"}>{found.answer.ready ? t("restore.ready") : t("restore.not_ready")}</p>
              <Button kind="primary" disabled={!found.answer.ready} onClick={() => setConfirming(true)}>
                {t("restore.begin")}
              </Button>
            </div>
          </div>
        </Card>
      )}
      {confirming && found && (
        <ConfirmRestore question={found.question} replaces={found.answer.replaces} server={target.get(form.values.server)?.name ?? ""} backup={backup} act={begin} onClose={() => setConfirming(false)} />
      )}
    </>
  );
}
