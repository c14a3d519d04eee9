//! Passkeys as far as they go without a device; with one they are tried in a browser (`end2end/tests/passkeys.spec.ts`).

use crate::stage::{PASSWORD, Stage};
use crate::stories;
use hub::Visit;
use model::{Error, Missing, Problem};

stories! { a_question_is_for_one_person_and_one_answer a_question_ends only_a_password_begins_one
what_no_device_said_signs_nobody_in }

/// Well formed, and about nothing.
const ANSWER: &str = r#"{"id":"AAAA","rawId":"AAAA","type":"public-key","extensions":{},
    "response":{"attestationObject":"AAAA","clientDataJSON":"e30"}}"#;
const PROOF: &str = r#"{"id":"AAAA","rawId":"AAAA","type":"public-key","extensions":{},
    "response":{"authenticatorData":"AAAA","clientDataJSON":"e30","signature":"AAAA",
    "userHandle":"AZDx_hERcACAAAAAAAAAAA"}}"#;

async fn a_question_is_for_one_person_and_one_answer(stage: Stage) {
    let hub = &stage.hub;
    let pending = hub.begin_passkey(&stage.anna, PASSWORD, "Phone").await.unwrap();
    let options = hub.passkeys_with(&stage.anna, &pending).await.unwrap().options.unwrap();
    assert!(options.contains(r#""residentKey":"required""#) && options.contains("anna"), "{options}");
    assert_eq!(hub.passkeys_with(&stage.ben, &pending).await.unwrap().options, None);
    assert_eq!(hub.add_passkey(&stage.anna, &pending, "{").await, Err(Error::PasskeyRefused));
    assert_eq!(hub.add_passkey(&stage.anna, &pending, ANSWER).await, Err(Error::PasskeyRefused));
    assert!(hub.passkeys(&stage.anna).await.unwrap().passkeys.is_empty());
    let gone = hub.remove_passkey(&stage.anna, "0190f5fe-1111-7000-8000-000000000000").await;
    assert_eq!(gone, Err(Error::NotFound(Missing::Passkey)));
}

async fn a_question_ends(stage: Stage) {
    let pending = stage.hub.begin_passkey(&stage.anna, PASSWORD, "Phone").await.unwrap();
    stage.wait(5 * 60_000);
    assert_eq!(stage.hub.passkeys_with(&stage.anna, &pending).await.unwrap().options, None);
    assert_eq!(stage.hub.add_passkey(&stage.anna, &pending, ANSWER).await, Err(Error::PasskeyRefused));
    stage.hub.sweep_sessions().await.unwrap();
}

async fn only_a_password_begins_one(stage: Stage) {
    let begin = async |password, label| stage.hub.begin_passkey(&stage.anna, password, label).await;
    assert_eq!(begin("not it at all", "Phone").await, Err(Error::field("password", Problem::Wrong)));
    assert_eq!(begin(PASSWORD, " ").await, Err(Error::field("label", Problem::Required)));
    assert!(stage.hub.begin_passkey(&stage.nobody, PASSWORD, "Phone").await.is_err());
}

async fn what_no_device_said_signs_nobody_in(stage: Stage) {
    let visit = Visit::default();
    let question = stage.hub.ask_for_passkey().await.unwrap();
    assert!(question.options.contains("challenge"));
    for answer in ["", "{}", ANSWER, PROOF] {
        let refused = stage.hub.sign_in_with_passkey(&question.pending, answer, &visit).await;
        assert_eq!(refused, Err(Error::PasskeyRefused), "{answer}");
    }
    let own = stage.hub.begin_passkey(&stage.anna, PASSWORD, "Phone").await.unwrap();
    assert_eq!(stage.hub.sign_in_with_passkey(&own, PROOF, &visit).await, Err(Error::PasskeyRefused));
}
