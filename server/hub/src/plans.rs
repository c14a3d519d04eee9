//! Plans: how many private repositories a namespace may have, and how much it may store (SPEC R2.4).

use crate::actor::Actor;
use crate::store::{Change, plans as rows, repositories};
use crate::{Hub, events};
use model::event::Event;
use model::view::PlanPage;
use model::{Error, Missing, Problem, Role, Timestamp, Username};

impl Hub {
    /// A namespace's plan, and how much of it is used.
    ///
    /// # Errors
    /// `SignInNeeded`, `Denied` for all but its owners, `NotFound(Account)`.
    pub async fn plan(&self, actor: &Actor, namespace: &Username) -> Result<PlanPage, Error> {
        let name = self.own_plan(actor, namespace).await?;
        let plans = &self.settings().plans;
        Ok(PlanPage {
            plan: plans.of(&name).clone(),
            used: rows::used(self.database(), namespace.as_str()).await?,
            stored: rows::stored(self.database(), namespace.as_str(), self.counted_since()).await?,
            plans: plans.all().cloned().collect(),
            may_change: self.may_change_plans(actor),
            namespace: namespace.clone(),
        })
    }

    /// Gives a namespace another plan. What is private already stays private.
    ///
    /// # Errors
    /// Those of `plan`; `Denied` where only site admins may do this; `Invalid` on `plan`.
    pub async fn change_plan(&self, actor: &Actor, namespace: &Username, plan: &str) -> Result<(), Error> {
        self.own_plan(actor, namespace).await?;
        if !self.may_change_plans(actor) {
            return Err(Error::Denied);
        }
        let chosen = self.settings().plans.named(plan).ok_or(Error::field("plan", Problem::BadValue))?;
        let mut change = self.change().await?;
        rows::set(&mut change, namespace.as_str(), &chosen.name).await?;
        let event = Event::PlanChanged { namespace: namespace.clone(), plan: chosen.name.clone() };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }

    fn may_change_plans(&self, actor: &Actor) -> bool {
        actor.is_whole() && (actor.is_admin() || self.settings().plan_choice_is_free)
    }

    /// The plan's name, for whoever owns the namespace.
    async fn own_plan(&self, actor: &Actor, namespace: &Username) -> Result<String, Error> {
        let person = actor.signed_in()?;
        let name = rows::name(self.database(), namespace.as_str()).await?;
        let name = name.ok_or(Error::NotFound(Missing::Account))?;
        let role = repositories::namespace_role(self.database(), namespace.as_str(), &person.id).await?;
        let owns = actor.is_admin() || role >= Some(Role::Owner);
        if owns { Ok(name) } else { Err(Error::Denied) }
    }

    /// Whether `more` bytes would find room, before they are anybody's.
    ///
    /// # Errors
    /// `NoRoom`.
    pub(crate) async fn foresee_room(&self, namespace: &str, more: u64) -> Result<(), Error> {
        if !self.storage_is_limited() {
            return Ok(());
        }
        let plan = rows::name(self.database(), namespace).await?.unwrap_or_default();
        let stored = rows::stored(self.database(), namespace, self.counted_since()).await?;
        self.settings().plans.of(&plan).check_room(namespace, stored.saturating_add(more))
    }

    /// A push needs this long between its blobs and its manifest; what no image needs then is garbage.
    fn counted_since(&self) -> Timestamp {
        self.now().plus(-3_600_000)
    }

    fn storage_is_limited(&self) -> bool {
        self.settings().plans.all().any(|plan| plan.storage.is_some())
    }

    /// Lets a change that gave a repository a blob go on, if the plan has room for it.
    ///
    /// # Errors
    /// `NoRoom`.
    pub(crate) async fn check_room(&self, change: &mut Change, namespace: &str) -> Result<(), Error> {
        if !self.storage_is_limited() {
            return Ok(());
        }
        let (plan, _) = rows::hold(change, namespace).await?.unwrap_or_default();
        let stored = rows::stored_now(change, namespace, self.counted_since()).await?;
        self.settings().plans.of(&plan).check_room(namespace, stored)
    }

    /// Lets a change that made a repository of the namespace private go on, if the plan has the slot.
    ///
    /// # Errors
    /// `NoSlot`.
    pub(crate) async fn check_slots(&self, change: &mut Change, namespace: &str) -> Result<(), Error> {
        let (plan, used) = rows::hold(change, namespace).await?.unwrap_or_default();
        let plan = self.settings().plans.of(&plan);
        if plan.holds(used) {
            return Ok(());
        }
        Err(Error::NoSlot { namespace: namespace.to_owned(), slots: plan.private_slots.unwrap_or_default() })
    }
}
