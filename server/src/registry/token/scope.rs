//! Scopes: `type[(class)]:name:action[,action]`. The class is deprecated and ignored.

/// Scopes of one request; a client pulls from one and mounts from a few.
pub(super) const MOST: usize = 64;

/// What a token is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) actions: Vec<String>,
}

impl Scope {
    /// `None` for what is no scope; it grants nothing.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        // The name may hold a colon (host:port), an action never does.
        let (name, actions) = rest.rsplit_once(':')?;
        let kind = kind.split_once('(').map_or(kind, |(kind, _)| kind);
        if kind.is_empty() || name.is_empty() || text.len() > 1024 {
            return None;
        }
        let actions = actions.split(',').filter(|a| !a.is_empty()).map(str::to_owned).collect();
        Some(Self { kind: kind.to_owned(), name: name.to_owned(), actions })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_names_a_resource_and_actions() {
        let scope = Scope::parse("repository(plugin):anna/app:pull,push").unwrap();
        assert_eq!((scope.kind.as_str(), scope.name.as_str()), ("repository", "anna/app"));
        assert_eq!(scope.actions, ["pull", "push"]);
        assert_eq!(Scope::parse("repository:host:5000/a/b:pull").unwrap().name, "host:5000/a/b");
        for bad in ["", "repository", "repository:anna/app", ":a:pull", "repository::pull"] {
            assert_eq!(Scope::parse(bad), None, "{bad}");
        }
    }
}
