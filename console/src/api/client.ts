import createClient from "openapi-fetch";
import * as session from "~/session";
import type { components, paths } from "./api";

export type Schemas = components["schemas"];
export type Problem = Schemas["Problem"];

export const api = createClient<paths>({ baseUrl: location.origin });

api.use({
  async onRequest({ request }) {
    const headers = { ...session.consoleHeader, ...(await session.authorization()) };
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
  },
  onResponse({ request, response }) {
    const signingIn = request.method === "POST" && /\/(session|session\/second-factor|setup)$/.test(request.url);
    if (response.status === 401 && !signingIn) session.end();
  },
});

/** What the server refused, in its own words. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
  get hint(): string {
    return this.problem.hint ?? "";
  }
  /** "destinations[0].store"; "" when it is about no field. */
  get field(): string {
    return this.problem.field ?? "";
  }
  /** The sentence without the field's path in front. */
  get text(): string {
    return this.field ? this.message.slice(this.field.length + 2) : this.message;
  }
}

export class Unreachable extends Error {}

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of an answer; throws Refusal or Unreachable. */
export async function answer<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await call.catch((reason: unknown) => {
    throw new Unreachable(String(reason));
  });
  if (response.ok) return data as T;
  const problem = error as Partial<Problem> | undefined;
  throw new Refusal({
    type: "about:blank",
    title: response.statusText,
    status: response.status,
    code: problem?.code ?? "internal",
    detail: problem?.detail ?? `${response.status} ${response.statusText}`,
    hint: problem?.hint,
    field: problem?.field,
  });
}
