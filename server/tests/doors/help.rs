//! Pages that explain: they tell how this hub is set up, not how hubs are.

use crate::support::TestServer;

#[tokio::test]
async fn receivers_read_the_terms_of_this_hub() {
    let server = TestServer::with("--webhook-timeout 20s --webhook-schedule 5s,2m").await;
    let page = server.get("/help/webhooks", "").await.text();
    for told in ["within 20 s, and work afterwards", "after 5 s, 2 min."] {
        assert!(page.contains(told), "{told}: {page}");
    }
}
