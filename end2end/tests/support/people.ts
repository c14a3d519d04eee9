// What people do in many specs: come in, go out, and add a repository.
import { type Browser, type BrowserContextOptions, expect, type Locator, type Page } from "@playwright/test";
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

/** By the form. `home`: where the hub is, when not at the address that the tests start from. */
export async function signIn(page: Page, person: Person, home = ""): Promise<void> {
  await visit(page, `${home}/login`);
  await page.getByLabel("User name or e-mail").fill(person.name);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

/** Without the form, where signing in is not what a test is about; no page is open then that was not before. */
export async function become(page: Page, berth: Berth, person: Person): Promise<void> {
  await post(page, berth, "sign_in", { name: person.name, password: person.password });
}

/** What a form of the site sends, without the form; where it leads on to. */
export async function post(page: Page, berth: Berth, form: string, fields: Record<string, string>): Promise<string> {
  const headers = { origin: berth.url, accept: "text/html" };
  const answer = await page.request.post(`${berth.url}/api/fn/${form}`, { form: fields, headers, maxRedirects: 0 });
  const location = answer.headers().location ?? "";
  expect(location, `${form} leads on`).not.toBe("");
  expect(location, `${form} is not refused`).not.toContain("refused=");
  return location;
}

/** A browser without JavaScript, for `browserOf`. */
export const scriptless = { javaScriptEnabled: false };

/** The hub in another browser: of a person, or of a visitor. */
export async function browserOf(
  browser: Browser,
  berth: Berth,
  person: Person | null,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: berth.url, locale: "en-US", ...options });
  const page = await context.newPage();
  if (person) await become(page, berth, person);
  return page;
}

/** Whoever goes elsewhere before it is done would interrupt it. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign in", exact: true }).first().waitFor();
}

export type Visibility = "Public" | "Unlisted" | "Private";

/** Presses a form's button and waits for the page that answers: whoever goes elsewhere before interrupts it. */
export async function submit(page: Page, button: Locator): Promise<void> {
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

/** With a team, as the person who is signed in; without the forms. */
export async function addOrganization(page: Page, berth: Berth, name: string): Promise<void> {
  await post(page, berth, "create_organization", { name });
  await post(page, berth, "create_team", { organization: name, team: "crew" });
}
