// One repository: added, described, shown to some, deleted.
import { type APIRequestContext } from "@playwright/test";
import { addRepository, become, newPerson, submit } from "./support/people";
import { expect, test, visit } from "./support/test";

/** What a visitor without an account gets at the path. */
async function asStranger(request: APIRequestContext, path: string): Promise<{ status: number; main: string }> {
  const answer = await request.get(path);
  const main = (await answer.text()).match(/<main[^]*<\/main>/)?.[0] ?? "";
  expect(main, path).not.toBe("");
  return { status: answer.status(), main };
}

test("the page after adding shows the three commands with the real names", async ({ page, berth }) => {
  const person = await newPerson(berth);
  await become(page, berth, person);
  await addRepository(page, "tides", "Private");
  const image = `${new URL(berth.url).host}/${person.name}/tides`;
  for (const command of [`docker login ${new URL(berth.url).host}`, `docker tag app ${image}`, `docker push ${image}`]) {
    await expect(page.getByText(command, { exact: true })).toBeVisible();
  }
});

test("a name that can not be is explained beside its field", async ({ page, berth }) => {
  await become(page, berth, await newPerson(berth));
  await addRepository(page, "No Good", "Unlisted");
  const field = page.getByLabel("Name", { exact: true });
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveValue("No Good");
  await expect(page.getByRole("radio", { name: "Unlisted" })).toBeChecked();
  await addRepository(page, "twice", "Private");
  await addRepository(page, "twice", "Private");
  await expect(page.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
});

test("private is missing, unlisted is in no list, public is in all", async ({ page, request, berth }) => {
  const person = await newPerson(berth);
  await become(page, berth, person);
  for (const visibility of ["Private", "Unlisted", "Public"] as const) {
    await addRepository(page, visibility.toLowerCase(), visibility);
  }
  const missing = await asStranger(request, `/r/${person.name}/nothing-here`);
  const hidden = await asStranger(request, `/r/${person.name}/private`);
  expect(hidden).toEqual(missing);
  expect(hidden.status).toBe(404);
  expect((await asStranger(request, `/r/${person.name}/unlisted`)).status).toBe(200);
  const profile = (await asStranger(request, `/u/${person.name}`)).main;
  expect(profile).toContain("/public");
  expect(profile).not.toContain("unlisted");
  expect(profile).not.toContain("private");
});

test("descriptions are shown rendered and harmless", async ({ page, berth }) => {
  const person = await newPerson(berth);
  await become(page, berth, person);
  await addRepository(page, "tides", "Public");
  const hostile = "# Tide tables\n\n<script>document.title='taken'</script></textarea><img src=x onerror=alert(1)>";
  await visit(page, `/r/${person.name}/tides/settings`);
  await page.getByLabel("Short description").fill("When <b>the</b> water comes");
  await page.getByLabel("Full description").fill(hostile);
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Full description")).toHaveValue(hostile);
  await page.goto(`/u/${person.name}`);
  await expect(page.getByText("When <b>the</b> water comes")).toBeVisible();
  await expect(page.locator("main script, main img")).toHaveCount(0);
});

test("visibility changes once it is confirmed", async ({ page, request, berth }) => {
  const person = await newPerson(berth);
  await become(page, berth, person);
  await addRepository(page, "tides", "Public");
  const path = `/r/${person.name}/tides`;
  expect((await asStranger(request, path)).status).toBe(200);
  await visit(page, `${path}/settings`);
  await page.locator("label", { hasText: "Private" }).click();
  await page.getByRole("button", { name: "Save" }).last().click();
  await expect(page.getByRole("heading", { name: /^Make it / })).toBeVisible();
  await page.getByRole("button", { name: "Yes, change it" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect((await asStranger(request, path)).status).toBe(404);
});

test("deleting needs the name", async ({ page, request, berth }) => {
  const person = await newPerson(berth);
  await become(page, berth, person);
  await addRepository(page, "tides", "Public");
  await visit(page, `/r/${person.name}/tides/settings`);
  const danger = page.locator("section.danger");
  await danger.locator("summary").click();
  await danger.getByLabel("Name").fill("something else");
  await danger.getByRole("button").click();
  await expect(danger.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
  await danger.getByLabel("Name").fill(`${person.name}/tides`);
  await submit(page, danger.getByRole("button"));
  expect((await asStranger(request, `/r/${person.name}/tides`)).status).toBe(404);
});
