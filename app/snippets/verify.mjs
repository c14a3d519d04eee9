// Node.js 18 and later, built-in modules only.
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const TOLERANCE = 5 * 60; // seconds

/**
 * Whether a delivery is genuine and not an old one.
 * headers: request.headers. body: a Buffer, as it came.
 */
export function verify(secret, headers, body) {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  // What is no number is not within the tolerance either.
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= TOLERANCE)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const mac = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body);
  const expected = mac.digest();
  // Several while a secret is being replaced: one that is right is enough.
  return (headers["webhook-signature"] ?? "").split(" ").some((signature) => {
    const [version, value = ""] = signature.split(",");
    const given = Buffer.from(value, "base64");
    if (version !== "v1" || given.length !== expected.length) return false;
    return timingSafeEqual(given, expected);
  });
}

// To try it: headers in the environment, as CGI has them; the body on standard input.
if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { env } = process;
  const headers = {
    "webhook-id": env.HTTP_WEBHOOK_ID,
    "webhook-timestamp": env.HTTP_WEBHOOK_TIMESTAMP,
    "webhook-signature": env.HTTP_WEBHOOK_SIGNATURE,
  };
  process.exitCode = verify(env.WEBHOOK_SECRET, headers, readFileSync(0)) ? 0 : 1;
}
