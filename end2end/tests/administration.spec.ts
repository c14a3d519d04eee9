// Site admins: they find people, and keep somebody out for a while.
import { browserOf, newPerson, signIn } from "./support/people";
import { expect, test } from "./support/test";

test("a suspended person is signed out and comes in again once restored", async ({ page, berth, browser }) => {
  const person = await newPerson(berth);
  const admin = { ...person, name: `${person.name}-admin`, email: `admin-${person.email}` };
  await berth.addUser(admin, { admin: true });
  const other = await browserOf(browser, berth, null);
  await signIn(other, person);
  await signIn(page, admin);
  await page.getByRole("link", { name: "Administration" }).click();
  await expect(page.getByRole("heading", { name: "Administration" })).toBeVisible();
  await page.getByRole("link", { name: "Accounts" }).click();
  await page.getByLabel("Name or e-mail").fill(person.email);
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("button", { name: `Suspend ${person.name}`, exact: true }).click();
  await expect(page.getByText("suspended")).toBeVisible();
  await other.goto("/settings");
  await expect(other.getByRole("button", { name: "Sign out" })).toHaveCount(0);
  await other.goto("/login");
  await other.getByLabel("User name or e-mail").fill(person.name);
  await other.getByLabel("Password").fill(person.password);
  await other.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(other.getByText("This account is suspended.")).toBeVisible();
  await page.getByRole("button", { name: `Let in again ${person.name}`, exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await signIn(other, person);
  await other.goto("/admin/accounts");
  await expect(other.getByRole("heading", { level: 1 })).not.toHaveText("Accounts");
  await other.context().close();
});
