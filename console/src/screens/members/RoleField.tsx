import type { ComponentProps } from "react";
import { useTranslate, word } from "~/i18n/runtime";
import { SelectField } from "~/ui/Field";
import { roles } from "./roles";

/** A role, and what somebody who has it may. */
export function RoleField(props: { name: string; value: string } & Pick<ComponentProps<"select">, "onChange">) {
  const t = useTranslate();
  return (
    <SelectField label={t("member.role")} help={word("role", `${props.value}_may`)} {...props}>
      {roles.map((role) => (
        <option key={role} value={role}>
          {word("role", role)}
        </option>
      ))}
    </SelectField>
  );
}
