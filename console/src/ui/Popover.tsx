import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { buttonLook } from "./Button";

interface Props {
  /** Of the button, which shows `mark`. */
  name: string;
  title: string;
  mark: ReactNode;
  children: (close: () => void) => ReactNode;
}

/** A small window below its button, by the platform's own means: Escape and a click elsewhere
 *  close it. What is in it is made only while it is open. */
export function Popover({ name, title, mark, children }: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const element = box.current;
    const hear = (event: Event) => setOpen((event as ToggleEvent).newState === "open");
    element?.addEventListener("toggle", hear);
    return () => element?.removeEventListener("toggle", hear);
  }, []);
  return (
    <>
      <button type="button" popoverTarget={id} aria-expanded={open} aria-label={name} title={name} className={buttonLook({ kind: "quiet", size: "icon", className: "relative" })}>
        {mark}
      </button>
      <div ref={box} id={id} popover="auto" role={open ? "dialog" : undefined} aria-label={open ? title : undefined} className="pop w-96 max-w-[calc(100vw-1.5rem)] rounded-xl border border-line bg-raised text-ink shadow-raised">
        {open && children(() => box.current?.hidePopover())}
      </div>
    </>
  );
}
