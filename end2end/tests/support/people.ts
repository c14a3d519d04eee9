// What people do in many specs: come in, and add a repository.
import { type Locator, type Page } from "@playwright/test";
import { type Berth, type Person } from "./berth";
import { visit } from "./test";

let made = 0;

/** Somebody nobody else knows. */
export async function newPerson(berth: Berth): Promise<Person> {
  made += 1;
  const name = `sailor${process.pid}x${made}`;
  const person = { name, email: `${name}@example.test`, password: "correct horse battery staple" };
  await berth.addUser(person);
  return person;
}

/** `home`: where the hub is, when not at the address that the tests start from. */
export async function signIn(page: Page, person: Person, home = ""): Promise<void> {
  await visit(page, `${home}/login`);
  await page.getByLabel("User name or e-mail").fill(person.name);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

export type Visibility = "Public" | "Unlisted" | "Private";

/** Presses a form's button and waits for the page that answers: whoever goes elsewhere before interrupts it. */
async function submit(page: Page, button: Locator): Promise<void> {
  const form = page.url();
  await button.click();
  await page.waitForURL((url) => url.href !== form);
}

/** By the form, as the person who is signed in. */
export async function addRepository(page: Page, name: string, visibility: Visibility): Promise<void> {
  await visit(page, "/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.locator("label", { hasText: visibility }).click();
  await submit(page, page.getByRole("main").getByRole("button", { name: "Add repository" }));
}

/** With a team, as the person who is signed in. */
export async function addOrganization(page: Page, name: string): Promise<void> {
  await visit(page, "/orgs/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.getByRole("link", { name: "Teams" }).click();
  await page.getByLabel("Team name").fill("crew");
  await submit(page, page.getByRole("button", { name: "Create team" }));
}
