import { Plus, Ticket } from "lucide-react";
import { useState } from "react";
import { answer, api } from "~/api/client";
import { type Rows, removeRow, useAct } from "~/api/rows";
import { useTranslate, word } from "~/i18n/runtime";
import { RowList } from "~/lists/RowList";
import { useMay } from "~/rights";
import { useShortcuts } from "~/shell/shortcuts";
import { Button } from "~/ui/Button";
import { Confirm } from "~/ui/Confirm";
import { Copyable } from "~/ui/Copyable";
import { Dialog } from "~/ui/Dialog";
import { SelectField, TextField } from "~/ui/Field";
import { Form } from "~/ui/Form";
import { Moment } from "~/ui/Moment";
import { Page } from "~/ui/Page";
import { useForm } from "~/ui/useForm";

export default function Tokens() {
  const t = useTranslate();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Rows["tokens"]>();
  const remove = useAct((id: string) => removeRow("tokens", id), "tokens");
  const may = useMay("administer");
  useShortcuts(may ? { c: () => setAdding(true) } : {});
  const add = (
    <Button needs="administer" kind="primary" onClick={() => setAdding(true)}>
      <Plus size={16} aria-hidden />
      {t("token.add")}
    </Button>
  );
  return (
    <Page title={t("nav.tokens")} guide={t("guide.tokens")} about={t("tokens.about")} acts={add}>
      <RowList
        kind="tokens"
        name={t("nav.tokens")}
        sort="-id"
        columns={[
          { id: "name", label: t("column.name"), main: true, cell: (row) => <span className="font-medium">{row.name}</span> },
          { id: "scopes", corner: true, label: t("token.scope"), cell: (row) => word("scope", row.scopes.at(-1) ?? "read") },
          { id: "used", label: t("token.used"), cell: (row) => <Moment at={row.used} /> },
          { id: "expires", label: t("token.expires"), cell: (row) => (row.expires ? <Moment at={row.expires} /> : t("token.never")) },
          {
            id: "acts",
            label: "",
            cell: (row) => (
              <Button needs="administer" size="small" kind="danger" onClick={() => setRemoving(row)}>
                {t("act.remove")}
              </Button>
            ),
          },
        ]}
        empty={{ icon: Ticket, title: t("tokens.empty"), children: add }}
      />
      {adding && <NewToken onClose={() => setAdding(false)} />}
      {removing && (
        <Confirm title={t("token.remove")} action={t("act.remove")} act={() => remove.mutateAsync(removing.id)} onClose={() => setRemoving(undefined)}>
          <p>{t("token.remove_warning", { name: removing.name })}</p>
        </Confirm>
      )}
    </Page>
  );
}

const day = 86_400_000;
const included: Record<string, string[]> = { read: ["read"], operate: ["read", "operate"], administer: ["read", "operate", "administer"] };

function NewToken({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const [made, setMade] = useState<string>();
  const create = useAct((body: { name: string; scopes: string[]; expires: string }) => answer(api.POST("/api/v1/tokens", { body })), "tokens");
  const form = useForm({ name: "", scope: "read", days: "90" }, async ({ name, scope, days }) => {
    const expires = days ? `${new Date(Date.now() + Number(days) * day).toISOString().slice(0, 19)}Z` : "";
    const token = await create.mutateAsync({ name, scopes: included[scope] ?? [], expires });
    setMade(token.token);
  });
  return (
    <Dialog title={t("token.add")} onClose={onClose}>
      {made ? (
        <div className="flex flex-col gap-4">
          <p>{t("token.shown_once")}</p>
          <Copyable text={made} name={t("nav.tokens")} />
          <Button kind="primary" className="self-end" onClick={onClose}>
            {t("act.done")}
          </Button>
        </div>
      ) : (
        <Form form={form} action={t("token.add")} onCancel={onClose}>
          <TextField label={t("column.name")} autoFocus {...form.text("name")} />
          <SelectField label={t("token.scope")} {...form.text("scope")}>
            {Object.keys(included).map((scope) => (
              <option key={scope} value={scope}>
                {word("scope", scope)}
              </option>
            ))}
          </SelectField>
          <SelectField label={t("token.expires")} {...form.text("days")}>
            {["30", "90", "365"].map((days) => (
              <option key={days} value={days}>
                {t("token.days", { count: Number(days) })}
              </option>
            ))}
            <option value="">{t("token.never")}</option>
          </SelectField>
        </Form>
      )}
    </Dialog>
  );
}
