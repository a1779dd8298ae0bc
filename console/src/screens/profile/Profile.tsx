import { useProfile } from "~/api/figures";
import { useTranslate, word } from "~/i18n/runtime";
import { Page } from "~/ui/Page";
import { Answer } from "~/ui/States";
import { Account } from "./Account";
import { Password } from "./Password";
import { SecondFactor } from "./SecondFactor";
import { Sessions } from "./Sessions";

/** What is mine: name, picture, ways to sign in, and where I am signed in. */
export default function Profile() {
  const t = useTranslate();
  const profile = useProfile();
  return (
    <Page title={t("nav.profile")} about={profile.data && `${profile.data.name} · ${word("role", profile.data.role)}`}>
      <Answer of={profile}>
        {(me) => (
          <div className="grid items-start gap-4 xl:grid-cols-2">
            <div className="flex min-w-0 flex-col gap-4">
              {me.second_factor_required && !me.second_factor && (
                <p role="alert" className="rounded-lg bg-warn-soft p-4 text-warn">
                  {t("profile.factor_required")}
                </p>
              )}
              <SecondFactor />
              <Sessions />
            </div>
            <div className="flex min-w-0 flex-col gap-4">
              <Account me={me} />
              <Password name={me.name} />
            </div>
          </div>
        )}
      </Answer>
    </Page>
  );
}
