// What every chapter of the story stands on: the browser, its first window, and the API past both.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { Browser } from "./browser.mjs";
import { Wire } from "./wire.mjs";

export const told = JSON.parse(process.argv[2]);
export const password = "correct horse battery";
export const admin = { name: "admin", password };
export const shots = path.resolve(told.shots);
mkdirSync(shots, { recursive: true });

export const wire = await Wire.to(told.url);
export const browser = await Browser.open(told.modules, wire.address);
export const page = await browser.window();

/** Neither axe nor the eye should find anything wrong with this state. */
export async function sound(name, shown = page) {
  assert.deepEqual(await browser.axe(shown), [], name);
  await shown.screenshot({ path: path.join(shots, `${name}.png`) });
}

/** The API itself as somebody, past the browser and past the wire. */
export class Api {
  #token;

  constructor(credentials) {
    this.credentials = credentials;
  }

  async response(method, place, body) {
    this.#token ??= await this.#signIn();
    return fetch(`${told.url}/api/v1/${place}`, {
      method,
      headers: { Authorization: `Bearer ${this.#token}`, ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body && JSON.stringify(body),
    });
  }

  async #signIn() {
    const response = await fetch(`${told.url}/api/v1/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(this.credentials),
    });
    assert.ok(response.ok, `signing in: ${response.status}`);
    return (await response.json()).token;
  }
}

const api = new Api(admin);

export async function ask(method, place, body) {
  const response = await api.response(method, place, body);
  assert.ok(response.ok, `${method} ${place}: ${response.status}`);
  return response.status === 204 ? undefined : response.json();
}

/** Rows of the server by which a screen is shown: the first of every kind. */
export async function someIds() {
  const ids = {};
  for (const kind of ["databases", "servers", "plans", "backups", "stores", "runs"]) {
    ids[kind] = (await ask("GET", `${kind}?limit=1`)).items[0].id;
  }
  return ids;
}
