# Python 3.9 and later, standard library only.
import base64
import hashlib
import hmac
import os
import sys
import time

TOLERANCE = 5 * 60  # seconds


def verify(secret, headers, body):
    """Whether a delivery is genuine and not an old one.

    headers: by their names in lower case. body: the bytes as they came.
    """
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not (timestamp.isdecimal() and abs(time.time() - int(timestamp)) <= TOLERANCE):
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    # Several while a secret is being replaced: one that is right is enough.
    matches = False
    for signature in headers.get("webhook-signature", "").split():
        version, _, value = signature.partition(",")
        if version == "v1" and hmac.compare_digest(value.encode(), expected):
            matches = True
    return matches


# To try it: headers in the environment, as CGI has them; the body on standard input.
if __name__ == "__main__":
    names = ["webhook-id", "webhook-timestamp", "webhook-signature"]
    variables = {name: "HTTP_" + name.upper().replace("-", "_") for name in names}
    headers = {name: os.environ.get(variables[name], "") for name in names}
    body = sys.stdin.buffer.read()
    sys.exit(0 if verify(os.environ["WEBHOOK_SECRET"], headers, body) else 1)
