// What forms make of what was typed.
import { expect, test } from "vitest";
import { readLabels, readLines, writeLabels } from "~/ui/useForm";
import { placeToGo } from "./door/SignIn";
import { optionsOf } from "./notifications/ChannelForm";
import { titleOf } from "./notifications/Deliveries";
import { questionOf } from "./restore/RestoreForm";
import { stagesOf } from "./runs/RunStages";
import { takePassword } from "./servers/ServerForm";

test("labels are read as they are written", () => {
  expect(readLabels(" env:prod, urgent,, url:a:b ")).toEqual({ env: "prod", urgent: "", url: "a:b" });
  expect(readLabels(writeLabels({ env: "prod", urgent: "" }))).toEqual({ env: "prod", urgent: "" });
  expect(readLines("public.a\n public.b , c\n\n")).toEqual(["public.a", "public.b", "c"]);
});

test("a password in a pasted address goes where it is sealed", () => {
  expect(takePassword(" postgres://me:p%40ss@db:5432/ ")).toEqual({ url: "postgres://me@db:5432/", password: "p@ss" });
  expect(takePassword("postgres://me:50%@db/")).toEqual({ url: "postgres://me@db/", password: "50%" });
  expect(takePassword("postgres://me@db:5432/x")).toEqual({ url: "postgres://me@db:5432/x", password: "" });
});

test("a blank secret is left out, so that the stored one is kept", () => {
  const described = ["url", "token"].map((name) => ({ name, kind: name === "token" ? "secret" : "url", required: true, help: "", choices: [], preset: "" }));
  expect(optionsOf(described, { url: "https://x", token: "" })).toEqual({ options: { url: "https://x" } });
  expect(optionsOf(described, { token: "t" })).toEqual({ options: {}, secrets: { token: "t" } });
});

test("only a restore that replaces confirms and keeps what is there", () => {
  const typed = { scope: "all", tables: "public.a", server: "s", database: "d", replace: false, safety: true };
  expect(questionOf(typed)).toEqual({ into_server: "s", into_database: "d", tables: [], replace: false });
  expect(questionOf({ ...typed, scope: "tables", replace: true, safety: false })).toEqual({
    into_server: "s",
    into_database: "d",
    tables: ["public.a"],
    replace: true,
    confirm: "d",
    safety_backup: false,
  });
});

test("after signing in one stays here", () => {
  expect(placeToGo("/runs?state=failed")).toBe("/runs?state=failed");
  for (const place of [undefined, "https://evil.example", "//evil.example", "/sign-in?back=/", "javascript:x"])
    expect(placeToGo(place)).toBe("/");
});

test("a run's stages say where it is and where it broke", () => {
  const run = { state: "running" as const, created: "a", started: "b", finished: "", progress: { step: "", bytes_expected: 0, bytes_in: 0, bytes_out: 0 } };
  expect(stagesOf(run).map(({ mark }) => mark)).toEqual(["done", "done", "now", "ahead"]);
  expect(stagesOf({ ...run, state: "queued", started: "" }).map(({ mark }) => mark)).toEqual(["done", "now", "ahead", "ahead"]);
  expect(stagesOf({ ...run, state: "failed", finished: "c" }).map(({ mark }) => mark)).toEqual(["done", "done", "bad", "bad"]);
  expect(stagesOf({ ...run, state: "cancelled", started: "", finished: "c" }).map(({ mark }) => mark)).toEqual(["done", "bad", "bad", "bad"]);
  expect(stagesOf({ ...run, state: "succeeded", finished: "c" }).map(({ mark }) => mark)).toEqual(["done", "done", "done", "done"]);
});

test("a delivery shows the title of its event, whatever it holds", () => {
  expect(titleOf('{"title":"Backup of shop failed"}')).toBe("Backup of shop failed");
  expect(titleOf("no json")).toBe("—");
});
