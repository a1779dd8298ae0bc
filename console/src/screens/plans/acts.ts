import { answer, api } from "~/api/client";

/** Enters a backup of everything that a plan names; the runs' ids. */
export async function runPlan(id: string): Promise<string[]> {
  const accepted = await answer(api.POST("/api/v1/plans/{id}/run", { params: { path: { id } } }));
  return accepted.runs;
}
