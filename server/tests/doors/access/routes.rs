//! Every route, as the program itself tells.

/// Which door a route belongs to, and hence how one proves oneself there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    Registry,
    Token,
    Api,
    /// Pages and operations: a session's cookie.
    Pages,
}

/// A method and a path with `{…}` for what varies.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    pub(crate) door: Door,
    pub(crate) method: String,
    pub(crate) path: String,
}

impl Route {
    fn new(door: Door, method: &str, path: &str) -> Self {
        Self { door, method: method.to_owned(), path: path.to_owned() }
    }

    /// Whether asking changes nothing, so that the next may ask about the same.
    pub(crate) fn only_reads(&self) -> bool {
        self.method == "GET"
    }

    /// Whether it is about one repository.
    pub(crate) fn is_about_a_repository(&self) -> bool {
        self.path.contains("{name}") || self.path.contains("{repository}")
    }
}

pub(crate) fn routes() -> Vec<Route> {
    let registry = server::registry::ROUTES.map(|(method, path)| Route::new(Door::Registry, method, path));
    let token = ["GET", "POST"].map(|method| Route::new(Door::Token, method, "/token"));
    let api = server::json_api::routes();
    let api = api.iter().map(|route| Route::new(Door::Api, route.method.as_str(), route.path));
    let operations = server::operations::PATHS.map(|path| Route::new(Door::Pages, "GET", path));
    registry.into_iter().chain(token).chain(api).chain(operations).collect()
}
