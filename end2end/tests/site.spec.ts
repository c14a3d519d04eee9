// The front door: the page comes as a document, then, where it may, comes alive.
import { expect, test } from "./support/test";

test("the first page is a whole document with our style", async ({ open }) => {
  const page = await open("/");
  await expect(page).toHaveTitle(/Berth/);
  const styled = await page.request.get((await page.locator('link[rel="stylesheet"]').getAttribute("href")) ?? "");
  expect(styled.headers()["cache-control"]).toContain("immutable");
});

test("a first visit costs at most 250 KB", async ({ page, open, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "without JavaScript it is less");
  let bytes = 0;
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await open("/");
  expect(bytes).toBeLessThan(250_000);
});
