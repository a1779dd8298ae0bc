import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "./Button";

/** Text to take elsewhere: SQL, keys, commands. */
export function Copyable({ text, name }: { text: string; name: string }) {
  const t = useTranslate();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    setCopied(true);
  };
  return (
    <div className="relative">
      <pre tabIndex={0} aria-label={name} className="max-h-72 overflow-auto rounded-lg border border-line bg-sunken p-3 pe-24 text-xs leading-relaxed whitespace-pre-wrap break-words">
        {text}
      </pre>
      <Button size="small" className="absolute end-2 top-2" onClick={() => void copy()}>
        {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        {copied ? t("act.copied") : t("act.copy")}
      </Button>
    </div>
  );
}
