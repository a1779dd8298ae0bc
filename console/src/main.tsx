import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Refusal } from "~/api/client";
import { preferred, useCatalogue } from "~/i18n/runtime";
import * as session from "~/session";
import "./theme.css";
import { router } from "./router";
import { keepShell } from "./worker/register";
import { Toasts } from "./ui/toast";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays one; what did not arrive may arrive.
      retry: (times, problem) => !(problem instanceof Refusal) && times < 2,
      refetchOnWindowFocus: true,
    },
  },
});

// What one person was shown is not shown to the next.
session.onChange(() => !session.isSignedIn() && client.clear());

await useCatalogue(preferred(localStorage.getItem("language"), navigator.languages)).catch(() => useCatalogue("en"));

keepShell();

createRoot(document.getElementById("console") as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  </StrictMode>,
);
