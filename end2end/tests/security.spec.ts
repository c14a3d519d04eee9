// Two-factor sign-in, a forgotten password, a new e-mail address: with an authenticator's codes and real mails.
import { createHmac } from "node:crypto";
import { latestLink } from "./support/mail";
import { newPerson, signIn, signOut, submit } from "./support/people";
import { expect, test } from "./support/test";

/** The code of `secret` (base32) at `time`, in milliseconds: RFC 6238. */
function totp(secret: string, time: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = (mac[19] ?? 0) & 15;
  return ((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).toString().padStart(6, "0");
}

test("a code follows the password, and a recovery code opens once", async ({ page, berth }) => {
  const person = await newPerson(berth);
  await signIn(page, person);
  await page.goto("/settings");
  await page.getByRole("link", { name: "Two-factor sign-in is off." }).click();
  await page.getByLabel("Current password").fill(person.password);
  await page.getByRole("button", { name: "Set it up" }).click();
  await expect(page.getByRole("img", { name: "QR code with the secret" })).toBeVisible();
  const secret = (await page.getByRole("main").locator("code").textContent()) ?? "";
  await page.getByRole("textbox", { name: "Code" }).fill("123");
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByText("This is not right. Try again.")).toBeVisible();
  await page.getByRole("textbox", { name: "Code" }).fill(totp(secret, Date.now()));
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByText("Two-factor sign-in is on.")).toBeVisible();
  const shown = page.getByRole("status").locator("code");
  await expect(shown).toHaveCount(10);
  const codes = await shown.allTextContents();
  await page.reload();
  await expect(page.getByText(codes[0] ?? "")).toHaveCount(0);

  await signOut(page);
  await page.goto("/login?next=/settings");
  await page.getByLabel("User name or e-mail").fill(person.name);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  // The next step's code is right too, and was not used yet.
  await page.getByRole("textbox", { name: "Code" }).fill(totp(secret, Date.now() + 30_000));
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/settings$/);

  await signOut(page);
  await page.goto("/login");
  await page.getByLabel("User name or e-mail").fill(person.name);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("textbox", { name: "Code" }).fill(codes[1] ?? "");
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  await page.goto("/settings/two-factor");
  await expect(page.getByText("9 recovery codes are left.")).toBeVisible();
});

test("a forgotten password is replaced by a mailed link", async ({ page, berth }) => {
  const person = await newPerson(berth);
  await page.goto("/login");
  await page.getByRole("link", { name: "Forgot the password?" }).click();
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("a mail with a link is on its way");
  await page.goto(await latestLink(berth, person.email));
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Choose a new password" }).click();
  await expect(page.getByLabel("New password")).toHaveAttribute("aria-invalid", "true");
  const password = "a wholly different battery";
  await page.getByLabel("New password").fill(password);
  await submit(page, page.getByRole("button", { name: "Choose a new password" }));
  await signIn(page, { ...person, password });
});

test("a new e-mail address proves itself", async ({ page, berth }) => {
  const person = await newPerson(berth);
  await signIn(page, person);
  await page.goto("/settings");
  const email = `new-${person.email}`;
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Current password").first().fill(person.password);
  await page.getByRole("button", { name: "Change e-mail" }).click();
  await expect(page.getByRole("button", { name: "Send the link again" })).toBeVisible();
  await page.goto(await latestLink(berth, email));
  await page.getByRole("button", { name: "Verify e-mail" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("verified");
  await page.goto("/settings");
  await expect(page.getByRole("button", { name: "Send the link again" })).toHaveCount(0);
});
