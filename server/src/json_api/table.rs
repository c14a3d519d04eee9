//! The routes as a table: what the router answers and what the access table is made from is one list.

use crate::shared::Shared;
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, on};

/// One call of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub method: Method,
    /// With `{namespace}` and the like for what varies.
    pub path: &'static str,
}

/// Routes under construction.
#[derive(Default)]
pub(super) struct Table {
    pub(super) router: Router<Shared>,
    pub(super) routes: Vec<Route>,
}

impl Table {
    pub(super) fn get<H: Handler<T, Shared>, T: 'static>(self, paths: &[&'static str], handler: H) -> Self {
        self.on(MethodFilter::GET, &Method::GET, paths, handler)
    }

    pub(super) fn post<H: Handler<T, Shared>, T: 'static>(self, paths: &[&'static str], handler: H) -> Self {
        self.on(MethodFilter::POST, &Method::POST, paths, handler)
    }

    pub(super) fn patch<H: Handler<T, Shared>, T: 'static>(self, paths: &[&'static str], handler: H) -> Self {
        self.on(MethodFilter::PATCH, &Method::PATCH, paths, handler)
    }

    pub(super) fn delete<H: Handler<T, Shared>, T: 'static>(
        self,
        paths: &[&'static str],
        handler: H,
    ) -> Self {
        self.on(MethodFilter::DELETE, &Method::DELETE, paths, handler)
    }

    pub(super) fn put<H: Handler<T, Shared>, T: 'static>(self, paths: &[&'static str], handler: H) -> Self {
        self.on(MethodFilter::PUT, &Method::PUT, paths, handler)
    }

    fn on<H: Handler<T, Shared>, T: 'static>(
        mut self,
        filter: MethodFilter,
        method: &Method,
        paths: &[&'static str],
        handler: H,
    ) -> Self {
        for path in paths {
            for spelling in [(*path).to_owned(), format!("{path}/")] {
                self.router = self.router.route(&spelling, on(filter, handler.clone()));
            }
            self.routes.push(Route { method: method.clone(), path });
        }
        self
    }
}
