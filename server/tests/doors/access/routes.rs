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

/// Where server functions are.
pub(crate) const FUNCTIONS: &str = "/api/fn/";

/// Server functions that are not about a repository which exists.
const ABOUT_OTHERS: [&str; 47] = [
    "add_passkey",
    "add_repository",
    "add_to_team",
    "ask_for_passkey",
    "begin_passkey",
    "begin_two_factor",
    "block_everywhere",
    "change_email",
    "change_organization",
    "change_password",
    "change_plan",
    "confirm_two_factor",
    "create_organization",
    "create_team",
    "delete_team",
    "end_session",
    "finish_sign_in",
    "invite_member",
    "join",
    "make_access_token",
    "make_organization_token",
    "preview",
    "preview_comment",
    "remove_from_team",
    "remove_member",
    "remove_passkey",
    "renew_recovery_codes",
    "request_reset",
    "reset_password",
    "reset_two_factor",
    "restore_account",
    "revoke_access_token",
    "revoke_invitation",
    "revoke_organization_token",
    "send_verification",
    "set_appearance",
    "set_default_visibility",
    "set_membership",
    "sign_in",
    "sign_in_with_passkey",
    "sign_out",
    "sign_up",
    "stop_two_factor",
    "suggest",
    "suspend_account",
    "unblock_everywhere",
    "verify_email",
];

impl Route {
    fn new(door: Door, method: &str, path: &str) -> Self {
        Self { door, method: method.to_owned(), path: path.to_owned() }
    }

    /// Whether asking changes nothing, so that the next may ask about the same.
    pub(crate) fn only_reads(&self) -> bool {
        self.method == "GET"
    }

    /// Whether it is about one repository. A new server function is, until somebody says otherwise.
    pub(crate) fn is_about_a_repository(&self) -> bool {
        match self.path.strip_prefix(FUNCTIONS) {
            Some(function) => !ABOUT_OTHERS.contains(&function),
            None => self.path.contains("{name}") || self.path.contains("{repository}"),
        }
    }
}

pub(crate) fn routes() -> Vec<Route> {
    let registry = server::registry::ROUTES.map(|(method, path)| Route::new(Door::Registry, method, path));
    let token = ["GET", "POST"].map(|method| Route::new(Door::Token, method, "/token"));
    let api = server::json_api::routes();
    let api = api.iter().map(|route| Route::new(Door::Api, route.method.as_str(), route.path));
    let operations = server::operations::PATHS.map(|path| Route::new(Door::Pages, "GET", path));
    let streams = server::live::PATHS
        .map(|path| Route::new(Door::Pages, "GET", &path.replace("{name}", "{repository}")));
    let shared = server::sharing::paths();
    let shared =
        shared.iter().map(|path| Route::new(Door::Pages, "GET", &path.replace("{name}", "{repository}")));
    let doors = registry.into_iter().chain(token).chain(api).chain(operations);
    doors.chain(pages()).chain(streams).chain(shared).chain(functions()).collect()
}

fn pages() -> Vec<Route> {
    let listed = leptos_axum::generate_route_list(app::App);
    // In a page's path the name is the part after the slash.
    let paths = listed.iter().map(|listing| listing.path().replace("{name}", "{repository}"));
    paths.map(|path| Route::new(Door::Pages, "GET", &path)).collect()
}

fn functions() -> Vec<Route> {
    let listed = leptos::server_fn::axum::server_fn_paths();
    let mut routes: Vec<Route> =
        listed.map(|(path, method)| Route::new(Door::Pages, method.as_str(), path)).collect();
    routes.sort_by(|one, other| one.path.cmp(&other.path));
    routes
}
