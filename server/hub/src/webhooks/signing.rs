//! How a delivery proves where it comes from: Standard Webhooks 1.0.0 (github.com/standard-webhooks), and the older
//! `X-Hub-Signature-256` for receivers that know only that.

use crate::secrets;
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use model::{Error, Timestamp};

const PREFIX: &str = "whsec_";

/// `whsec_` and 256 bits in base64.
pub(super) fn new_secret() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    secrets::fill(&mut bytes)?;
    Ok(format!("{PREFIX}{}", BASE64_STANDARD.encode(bytes)))
}

/// The headers that prove a body; signed by each of `secrets`, the newest first.
pub(super) fn headers(
    id: &str,
    at: Timestamp,
    body: &str,
    secrets: &[String],
) -> Vec<(&'static str, String)> {
    let timestamp = at.seconds();
    let signed = format!("{id}.{timestamp}.{body}");
    let signatures: Vec<String> =
        secrets.iter().map(|secret| format!("v1,{}", BASE64_STANDARD.encode(mac(secret, &signed)))).collect();
    let mut headers = vec![
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signatures.join(" ")),
    ];
    if let Some(secret) = secrets.first() {
        headers.push(("x-hub-signature-256", format!("sha256={}", hex::encode(mac(secret, body)))));
    }
    headers
}

fn mac(secret: &str, text: &str) -> Vec<u8> {
    let key = BASE64_STANDARD.decode(secret.strip_prefix(PREFIX).unwrap_or(secret)).unwrap_or_default();
    sign(&Key::new(HMAC_SHA256, &key), text.as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_is_signed_alike() {
        // The test vector of the Standard Webhooks libraries.
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned();
        let at = Timestamp(1_614_265_330_000);
        let headers = headers("msg_p5jXN8AQM9LWM0D4loKWxJek", at, r#"{"test": 2432232314}"#, &[secret]);
        assert_eq!(headers[2].1, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn two_secrets_sign_during_a_rotation() {
        let secrets = [new_secret().unwrap(), new_secret().unwrap()];
        let headers = headers("m", Timestamp(0), "{}", &secrets);
        assert_eq!(headers[2].1.split(' ').count(), 2);
    }
}
