import { Tag } from "lucide-react";
import { writeLabels } from "./useForm";

export function Labels({ of }: { of: Record<string, string> }) {
  const entries = Object.entries(of);
  if (entries.length === 0) return null;
  return (
    <span className="inline-flex flex-wrap gap-1">
      {entries.map(([name, value]) => (
        <span key={name} className="inline-flex items-center gap-1 rounded-sm bg-sunken px-1.5 py-px text-xs text-muted">
          <Tag size={11} aria-hidden />
          {writeLabels({ [name]: value })}
        </span>
      ))}
    </span>
  );
}
