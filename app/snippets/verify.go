// Go 1.18 and later, standard library only.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

const tolerance = 5 * time.Minute

// Verify tells whether a delivery is genuine and not an old one.
// header: request.Header.Get. body: as it came.
func Verify(secret string, header func(string) string, body []byte) bool {
	id, timestamp := header("Webhook-Id"), header("Webhook-Timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return false
	}
	if age := time.Since(time.Unix(seconds, 0)); age > tolerance || age < -tolerance {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	expected := mac.Sum(nil)
	// Several while a secret is being replaced: one that is right is enough.
	for _, signature := range strings.Fields(header("Webhook-Signature")) {
		version, value, _ := strings.Cut(signature, ",")
		given, err := base64.StdEncoding.DecodeString(value)
		if err == nil && version == "v1" && hmac.Equal(given, expected) {
			return true
		}
	}
	return false
}

// To try it: headers in the environment, as CGI has them; the body on standard input.
func main() {
	header := func(name string) string {
		return os.Getenv("HTTP_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_")))
	}
	body, err := io.ReadAll(os.Stdin)
	if err != nil || !Verify(os.Getenv("WEBHOOK_SECRET"), header, body) {
		os.Exit(1)
	}
}
