// Sign-in without a password, with the browser's own virtual authenticator (WebAuthn automation over CDP).
import { type CDPSession, type Page } from "@playwright/test";
import { newPerson, signIn, signOut } from "./support/people";
import { expect, startBerth, test } from "./support/test";

/** A device that keeps passkeys and always knows its owner. */
async function addAuthenticator(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  return { cdp, authenticatorId };
}

test("a passkey is made, signs in once the password is not asked for, and is removed", async ({
  page,
  javaScriptEnabled,
}) => {
  test.skip(!javaScriptEnabled, "browsers give passkeys only to scripts");
  const berth = await startBerth();
  try {
    const person = await newPerson(berth);
    // Passkeys belong to a name, so not 127.0.0.1.
    const home = berth.url.replace("127.0.0.1", "localhost");
    const { cdp, authenticatorId } = await addAuthenticator(page);
    await signIn(page, person, home);
    await page.goto(`${home}/settings/passkeys`);
    await page.getByLabel("What is it called?").fill("My phone");
    await page.getByLabel("Current password").fill("not it at all");
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.getByText("This is not right. Try again.")).toBeVisible();
    await page.getByLabel("Current password").fill(person.password);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Create the passkey" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "My phone" })).toContainText("never used");

    await signOut(page);
    await page.goto(`${home}/login?next=/settings/passkeys`);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expect(page).toHaveURL(`${home}/settings/passkeys`);
    await expect(page.getByRole("listitem").filter({ hasText: "My phone" })).toContainText(/used (just now|\d+ minute)/);

    await page.getByRole("button", { name: "Remove My phone" }).click();
    await expect(page.getByText("No passkey yet.")).toBeVisible();
    await signOut(page);
    await page.goto(`${home}/login`);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expect(page.getByRole("alert")).toContainText("The passkey was not accepted.");

    // A device that refuses sends nothing.
    await cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
    await addAuthenticator(page);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expect(page.getByText("Nothing came from your device.")).toBeVisible();
  } finally {
    await berth.stop();
  }
});
