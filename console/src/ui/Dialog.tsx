import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useTranslate } from "~/i18n/runtime";
import { IconButton } from "./Button";

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
}

/** Takes the focus and gives it back; Escape and a click outside close it. */
export function Dialog({ title, onClose, children, wide }: Props) {
  const t = useTranslate();
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className="fixed inset-0 z-40 bg-black/50 flex items-start justify-center overflow-y-auto p-3 pt-[6vh]"
    >
      <Modal className={`w-full ${wide ? "max-w-3xl" : "max-w-lg"}`}>
        <AriaDialog className="rounded-xl border border-line bg-raised shadow-raised outline-none">
          <header className="flex items-center justify-between gap-3 border-b border-line py-2.5 ps-5 pe-3">
            <Heading slot="title" className="text-base font-semibold">
              {title}
            </Heading>
            <IconButton name={t("act.close")} onClick={onClose}>
              <X size={18} aria-hidden />
            </IconButton>
          </header>
          <div className="p-5">{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
