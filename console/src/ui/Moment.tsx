import * as formats from "~/i18n/formats";
import { useLanguage } from "~/i18n/runtime";

/** How long ago; the exact moment for who looks closer. */
export function Moment({ at }: { at: string | undefined }) {
  useLanguage();
  if (!at) return <>{formats.none}</>;
  return (
    <time dateTime={at} title={formats.moment(at)}>
      {formats.relative(at)}
    </time>
  );
}
