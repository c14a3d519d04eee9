//! Repositories: made, described, shown, deleted.

use crate::access::Entered;
use crate::actor::Actor;
use crate::store::repositories::{self as rows, NewRow, Rendered};
use crate::store::{self, Change, tags};
use crate::{Hub, events, readme};
use model::event::Event;
use model::view::{PushProgress, RepositoryDetails, RepositoryHead, RepositoryPage, RepositorySettings};
use model::{Action, Error, FieldProblem, Problem, RepositoryName, Role, Timestamp, Visibility};

/// The longest short description, in characters.
pub const SHORT_MOST: usize = 100;
/// The longest full description, in characters.
pub const FULL_MOST: usize = 25_000;

/// What "Add repository" asks for.
#[derive(Debug, Clone)]
pub struct NewRepository {
    pub name: RepositoryName,
    pub description: String,
    pub full_description: String,
    pub visibility: Visibility,
}

/// What is to be different; `None` keeps what is.
#[derive(Debug, Clone, Default)]
pub struct RepositoryEdit {
    pub short: Option<String>,
    /// Markdown.
    pub full: Option<String>,
    pub visibility: Option<Visibility>,
}

impl Hub {
    /// Makes a repository in a namespace that one may add to.
    ///
    /// # Errors
    /// `Denied` in others' namespaces, `Invalid` a field.
    pub async fn add_repository(&self, actor: &Actor, new: &NewRepository) -> Result<(), Error> {
        check_texts(Some(&new.description), Some(&new.full_description))?;
        self.check_may_add(actor, &new.name).await?;
        let id = store::new_id();
        let html = readme::rendered(&new.full_description).await;
        let row = NewRow {
            id: &id,
            name: &new.name,
            visibility: new.visibility,
            description: new.description.trim(),
            full_description: &new.full_description,
            readme: Rendered { html: &html, version: readme::VERSION },
            at: self.now(),
            guarded_since: self.guarded_since(),
        };
        let mut change = self.change().await?;
        if !rows::add(&mut change, &row).await? {
            return Err(Error::field("name", Problem::Taken));
        }
        if new.visibility == Visibility::Private {
            self.check_slots(&mut change, new.name.namespace()).await?;
        }
        self.index(&mut change, &id).await?;
        let event = Event::RepositoryCreated { repository: new.name.clone(), visibility: new.visibility };
        events::record(&mut change, row.at, actor, Some(&id), &event).await?;
        Ok(change.commit().await?)
    }

    /// Whether `actor` may make a repository of that name.
    pub(crate) async fn check_may_add(&self, actor: &Actor, name: &RepositoryName) -> Result<(), Error> {
        let adds = actor.is_of(name.namespace()) || {
            let person = actor.signed_in()?;
            let role = rows::namespace_role(self.database(), name.namespace(), &person.id).await?;
            role >= Some(Role::Owner) || actor.is_admin()
        };
        if adds && actor.limits_allow(name, Action::Push, Visibility::Private) {
            Ok(())
        } else {
            Err(Error::Denied)
        }
    }

    /// The overview of one repository.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn repository(&self, actor: &Actor, name: &RepositoryName) -> Result<RepositoryPage, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let newest = tags::newest(self.database(), &entered).await?;
        let images = match &newest {
            Some(tag) => tags::platforms(self.database(), &entered, &tag.digest).await?,
            None => Vec::new(),
        };
        let has_latest = tags::find(self.database(), &entered, "latest").await?.is_some();
        // Counted at last: a push that is shown is counted. One that comes meanwhile renews the page that waits for it.
        let texts = rows::texts(self.database(), &entered).await?;
        Ok(RepositoryPage {
            pull_name: self
                .pull_name(name, newest.as_ref().filter(|_| !has_latest).map(|tag| tag.tag.as_str())),
            head: texts.counts.head(&entered),
            readme_html: texts.readme_html,
            created_at: entered.created_at(),
            size: images.iter().map(|image| image.size).max().unwrap_or_default(),
            platforms: images.into_iter().map(|image| image.platform).collect(),
            last_push: newest.map(tags::Found::last_push),
            pulls: self.pull_summary(&entered).await?,
            is_collaborator: self.is_collaborator(actor, &entered).await?,
        })
    }

    /// Host, name and, where `docker pull` would not find `latest`, a tag.
    pub(crate) fn pull_name(&self, name: &RepositoryName, tag: Option<&str>) -> String {
        let host = self.settings().host();
        tag.map_or_else(|| format!("{host}/{name}"), |tag| format!("{host}/{name}:{tag}"))
    }

    /// What the settings page shows.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn repository_settings(
        &self,
        actor: &Actor,
        name: &RepositoryName,
    ) -> Result<RepositorySettings, Error> {
        let entered = self.enter(actor, name, Action::Describe).await?;
        let texts = rows::texts(self.database(), &entered).await?;
        Ok(RepositorySettings { head: texts.counts.head(&entered), full_description: texts.full_description })
    }

    /// What the API tells of one repository.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn repository_details(
        &self,
        actor: &Actor,
        name: &RepositoryName,
    ) -> Result<RepositoryDetails, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let texts = rows::texts(self.database(), &entered).await?;
        Ok(RepositoryDetails {
            head: texts.counts.head(&entered),
            full_description: texts.full_description,
            stored: rows::stored(self.database(), &entered).await?,
            created_at: entered.created_at(),
            updated_at: Timestamp(texts.updated_at),
        })
    }

    /// The head of a page that needs nothing else of the repository's texts.
    pub(crate) async fn head(&self, entered: &Entered) -> Result<RepositoryHead, Error> {
        Ok(rows::counts(self.database(), entered).await?.head(entered))
    }

    /// Replaces what is given, all or nothing.
    ///
    /// # Errors
    /// Those of the gate; `Invalid` a field.
    pub async fn edit_repository(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        edit: &RepositoryEdit,
    ) -> Result<(), Error> {
        let mut entered = self.enter(actor, name, Action::Describe).await?;
        if edit.visibility.is_some() {
            entered = self.enter(actor, name, Action::SetVisibility).await?;
        }
        check_texts(edit.short.as_deref(), edit.full.as_deref())?;
        // Before anybody has to wait for the change.
        let html = match &edit.full {
            Some(markdown) => Some(readme::rendered(markdown).await),
            None => None,
        };
        let mut change = self.change_repository(&entered).await?;
        let described = describe(&mut change, &entered, edit, html.as_deref()).await?;
        let shown = self.show_to(&mut change, &entered, edit.visibility).await?;
        if described.is_some() || shown.is_some() {
            self.index(&mut change, entered.id()).await?;
        }
        for event in described.into_iter().chain(shown) {
            events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        }
        Ok(change.commit().await?)
    }

    /// Switches who can find and pull it; what it is now is read in the change, where nobody else can switch it.
    async fn show_to(
        &self,
        change: &mut Change,
        entered: &Entered,
        wanted: Option<Visibility>,
    ) -> Result<Option<Event>, Error> {
        let Some(to) = wanted else { return Ok(None) };
        let from = rows::visibility(change, entered).await?;
        if from == to {
            return Ok(None);
        }
        rows::set_visibility(change, entered, to).await?;
        if to == Visibility::Private {
            self.check_slots(change, entered.name().namespace()).await?;
        }
        Ok(Some(Event::VisibilityChanged { repository: entered.name().clone(), from, to }))
    }

    /// What `markdown` will look like.
    ///
    /// # Errors
    /// `SignInNeeded`; `TooMany`; `Invalid` when it is too long.
    pub async fn preview(&self, actor: &Actor, markdown: &str) -> Result<String, Error> {
        self.preview_floods().take(actor, self.now())?;
        check_texts(None, Some(markdown))?;
        Ok(readme::rendered(markdown).await)
    }

    /// Deletes it with all its images. `confirm` is what a person typed to prove that they mean it.
    ///
    /// # Errors
    /// Those of the gate; `Invalid` when `confirm` is not the name.
    pub async fn delete_repository(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        confirm: Option<&str>,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Delete).await?;
        if confirm.is_some_and(|typed| typed.trim() != name.as_str()) {
            return Err(Error::field("confirm", Problem::NotTheName));
        }
        let mut change = self.change_repository(&entered).await?;
        self.forget(&mut change, entered.id()).await?;
        rows::delete(&mut change, &entered).await?;
        let event = Event::RepositoryDeleted { repository: name.clone() };
        events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        Ok(change.commit().await?)
    }

    /// What the page after "Add repository" waits for.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn push_progress(&self, actor: &Actor, name: &RepositoryName) -> Result<PushProgress, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let newest = tags::newest(self.database(), &entered).await?;
        Ok(PushProgress {
            uploading: self.uploading(&entered).await?,
            arrived: newest.map(tags::Found::last_push),
        })
    }
}

/// Replaces the texts that are given.
async fn describe(
    change: &mut Change,
    entered: &Entered,
    edit: &RepositoryEdit,
    html: Option<&str>,
) -> Result<Option<Event>, Error> {
    if edit.short.is_none() && edit.full.is_none() {
        return Ok(None);
    }
    let readme = html.map(|html| Rendered { html, version: readme::VERSION });
    let full = edit.full.as_deref().zip(readme);
    rows::describe(change, entered, edit.short.as_deref().map(str::trim), full).await?;
    Ok(Some(Event::RepositoryDescribed { repository: entered.name().clone() }))
}

fn check_texts(short: Option<&str>, full: Option<&str>) -> Result<(), Error> {
    let problems: Vec<FieldProblem> =
        [("description", short, SHORT_MOST), ("full_description", full, FULL_MOST)]
            .into_iter()
            .filter(|(_, text, max)| text.is_some_and(|text| text.chars().count() > *max))
            .map(|(field, _, max)| FieldProblem { field: field.into(), problem: Problem::TooLong { max } })
            .collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}
