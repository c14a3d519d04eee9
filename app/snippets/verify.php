<?php
// PHP 8 and later, no extensions.

const TOLERANCE = 5 * 60; // seconds

/**
 * Whether a delivery is genuine and not an old one.
 * $server: $_SERVER. $body: as it came, file_get_contents('php://input').
 */
function verify(string $secret, array $server, string $body): bool
{
    $id = $server['HTTP_WEBHOOK_ID'] ?? '';
    $timestamp = $server['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    if (!is_numeric($timestamp) || abs(time() - (int) $timestamp) > TOLERANCE) {
        return false;
    }
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret));
    $expected = base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    // Several while a secret is being replaced: one that is right is enough.
    foreach (explode(' ', $server['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $signature) {
        [$version, $value] = explode(',', $signature, 2) + ['', ''];
        if ($version === 'v1' && hash_equals($expected, $value)) {
            return true;
        }
    }
    return false;
}

// To try it: headers in the environment, as CGI has them; the body on standard input.
if (PHP_SAPI === 'cli') {
    $body = file_get_contents('php://stdin');
    exit(verify(getenv('WEBHOOK_SECRET'), getenv(), $body) ? 0 : 1);
}
