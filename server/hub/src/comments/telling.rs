//! Who is told of comments, of flags and of what was decided; and what nobody is told of any more.

use crate::Hub;
use crate::access::Entered;
use crate::actor::Actor;
use crate::store::Change;
use crate::store::comments::changes::Standing;
use crate::store::notifications as rows;
use model::comment::{CommentState, Judgement};
use model::{Error, Notice, Role, Username};

impl Hub {
    /// Maintainers are told of a comment, and whoever it answers; of one that waits, those who let it through.
    pub(super) async fn tell_of_comment(
        &self,
        change: &mut Change,
        actor: &Actor,
        entered: &Entered,
        (id, state): (&str, CommentState),
        answered: Option<&str>,
    ) -> Result<(), Error> {
        let by = named(actor)?;
        let answered = answered.filter(|_| state.is_public());
        if let Some(author) = answered {
            self.tell_of_answer(change, actor, entered, (id, by.clone()), author).await?;
        }
        let (repository, id) = (entered.name().clone(), id.to_owned());
        let (role, notice) = if state.is_public() {
            (Role::Write, Notice::Commented { repository, by, id })
        } else {
            (Role::Admin, Notice::CommentWaits { repository, by, id })
        };
        let mut maintainers = rows::holders(change, entered.id(), role).await?;
        maintainers.retain(|user| Some(user.as_str()) != answered);
        self.notify(change, actor, &maintainers, Some(entered.id()), &notice).await
    }

    async fn tell_of_answer(
        &self,
        change: &mut Change,
        actor: &Actor,
        entered: &Entered,
        (id, by): (&str, Username),
        author: &str,
    ) -> Result<(), Error> {
        let notice = Notice::Replied { repository: entered.name().clone(), by, id: id.to_owned() };
        self.notify(change, actor, &[author.to_owned()], Some(entered.id()), &notice).await
    }

    /// Those who decide are told of a flag.
    pub(super) async fn tell_of_flag(
        &self,
        change: &mut Change,
        actor: &Actor,
        entered: &Entered,
        id: &str,
    ) -> Result<(), Error> {
        let admins = rows::holders(change, entered.id(), Role::Admin).await?;
        let notice = Notice::CommentFlagged {
            repository: entered.name().clone(),
            by: named(actor)?,
            id: id.to_owned(),
        };
        self.notify(change, actor, &admins, Some(entered.id()), &notice).await
    }

    /// The author is told what was decided. What nobody else sees any more, nobody is told of any more.
    pub(super) async fn tell_of_judgement(
        &self,
        change: &mut Change,
        actor: &Actor,
        entered: &Entered,
        (id, standing): (&str, &Standing),
        judgement: Judgement,
    ) -> Result<(), Error> {
        rows::take_back_decided(change, id).await?;
        if judgement == Judgement::Keep {
            return Ok(());
        }
        if judgement.upholds_flags() {
            rows::take_back(change, id).await?;
        }
        if judgement == Judgement::Approve {
            self.tell_of_approved(change, actor, entered, (id, standing)).await?;
        }
        let author = [standing.author_id.clone()];
        let notice =
            Notice::CommentJudged { repository: entered.name().clone(), judgement, id: id.to_owned() };
        self.notify(change, actor, &author, Some(entered.id()), &notice).await
    }

    /// Whoever was not told while the comment waited: whom it answers, and maintainers who approve nothing.
    async fn tell_of_approved(
        &self,
        change: &mut Change,
        actor: &Actor,
        entered: &Entered,
        (id, standing): (&str, &Standing),
    ) -> Result<(), Error> {
        let by = standing.author.clone();
        let answered = standing.answered_id.as_ref();
        if let Some(answered) = answered {
            self.tell_of_answer(change, actor, entered, (id, by.clone()), answered).await?;
        }
        let told = rows::holders(change, entered.id(), Role::Admin).await?;
        let mut maintainers = rows::holders(change, entered.id(), Role::Write).await?;
        maintainers
            .retain(|user| !told.contains(user) && Some(user) != answered && *user != standing.author_id);
        let notice = Notice::Commented { repository: entered.name().clone(), by, id: id.to_owned() };
        self.notify(change, actor, &maintainers, Some(entered.id()), &notice).await
    }
}

fn named(actor: &Actor) -> Result<Username, Error> {
    Ok(actor.signed_in()?.username.clone())
}
