//! People at the hub's other doors: programs at the JSON API, browsers at the forms of pages.

use anyhow::{Context, Result, ensure};
use form_urlencoded::Serializer;
use serde_json::Value;
use testing::http::{Reply, Request};
use testing::{Berth, Login};

/// Somebody at the JSON API.
pub(crate) struct Api<'a> {
    berth: &'a Berth,
    token: String,
}

impl<'a> Api<'a> {
    pub(crate) fn new(berth: &'a Berth, login: &Login) -> Result<Self> {
        Ok(Self { berth, token: berth.api_token(login)? })
    }

    /// Asks without a body.
    pub(crate) fn ask(&self, method: &str, path: &str) -> Result<Reply> {
        self.berth.ask(&self.request(method, path))
    }

    pub(crate) fn send(&self, method: &str, path: &str, body: &Value) -> Result<Reply> {
        let body = body.to_string();
        let request = self.request(method, path).header("Content-Type", "application/json");
        self.berth.ask(&request.body(body.as_bytes()))
    }

    fn request<'r>(&self, method: &'r str, path: &'r str) -> Request<'r> {
        Request::new(method, path).header("Authorization", format!("Bearer {}", self.token))
    }
}

/// Somebody who filled in the form of `/login`.
pub(crate) struct Browser<'a> {
    berth: &'a Berth,
    session: String,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(berth: &'a Berth, login: &Login) -> Result<Self> {
        let mut browser = Self { berth, session: String::new() };
        let reply = browser.submit("sign_in", &[("name", &login.name), ("password", &login.password)])?;
        browser.session = cookie(&reply, "session").context("no session")?;
        Ok(browser)
    }

    /// A page, as HTML.
    pub(crate) fn see(&self, path: &str) -> Result<String> {
        let request = Request::get(path)
            .header("Accept", "text/html")
            .header("Cookie", format!("session={}", self.session));
        Ok(self.berth.ask(&request)?.expect_status(200)?.text())
    }

    /// Submits a form as a browser does. One that is taken leads to a page that does not tell of a refusal.
    pub(crate) fn submit(&self, form: &str, fields: &[(&str, &str)]) -> Result<Reply> {
        let path = format!("/api/fn/{form}");
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::new("POST", &path)
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", format!("http://{}", self.berth.address))
            .header("Cookie", format!("session={}", self.session));
        let reply = self.berth.ask(&request.body(body.as_bytes()))?.expect_status(303)?;
        let page = reply.header("location").context("no page to go to")?;
        ensure!(!page.contains("refused="), "{form}: {page}");
        Ok(reply)
    }
}

/// The value of a cookie that an answer sets.
pub(crate) fn cookie(reply: &Reply, name: &str) -> Option<String> {
    let set = reply.headers.iter().filter(|(header, _)| header == "set-cookie");
    let mut pairs = set.filter_map(|(_, value)| value.split(';').next()?.split_once('='));
    pairs.find_map(|(key, value)| (key == name).then(|| value.to_owned()))
}
