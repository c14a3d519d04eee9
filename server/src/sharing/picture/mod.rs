//! The pictures that shared links show: PNG, 1200×630. What is drawn is what the address is of, for everybody alike.

mod drawing;
mod kept;
mod template;

pub use kept::Pictures;

use super::answer::{Sent, entity_tag, moved, refused};
use super::asked::Asked;
use axum::response::Response;
use hub::{Actor, Order, RepositoryQuery};
use model::{Error, Visibility};

/// Seconds. Addresses on pages change with what is drawn; this is for those that were copied.
const FRESH: u32 = 600;
/// While others are drawn, one of the hub in place of what was asked for.
const STOPGAP: u32 = 10;

/// Of a repository: name, description, stars, pulls.
pub(in crate::sharing) async fn of_repository(asked: Asked) -> Response {
    let name = match asked.repository() {
        Ok(name) => name,
        Err(error) => return refused(&error),
    };
    match asked.shared.hub.repository_head(&asked.actor, &name).await {
        Ok(head) if head.name != name => moved(&asked.at(&head.name)),
        Ok(head) => answer(&asked, &template::repository(&head), head.visibility).await,
        Err(error) => refused(&error),
    }
}

/// Of a person or an organization: how many repositories everybody may find there.
pub(in crate::sharing) async fn of_namespace(asked: Asked) -> Response {
    let found = async {
        let name = asked.namespace()?;
        let first = RepositoryQuery { name_part: String::new(), order: Order::MostRecent, page: 1, size: 1 };
        let list = asked.shared.hub.repositories(&Actor::anonymous(), &name, &first).await?;
        Ok::<_, Error>(template::namespace(&name, list.total))
    };
    match found.await {
        Ok(svg) => answer(&asked, &svg, Visibility::Public).await,
        Err(error) => refused(&error),
    }
}

/// Of the hub.
pub(in crate::sharing) async fn of_hub(asked: Asked) -> Response {
    answer(&asked, &of_this_hub(&asked), Visibility::Public).await
}

fn of_this_hub(asked: &Asked) -> String {
    template::hub(asked.shared.hub.settings().host())
}

/// A picture that somebody has already is not drawn again, and neither is one that was drawn lately.
async fn answer(asked: &Asked, svg: &str, visibility: Visibility) -> Response {
    let sent = Sent { kind: "image/png", tag: entity_tag(svg), fresh: FRESH, visibility };
    if let Some(known) = sent.unless_known(&asked.headers) {
        return known;
    }
    let pictures = &asked.shared.sharing.pictures;
    if let Some(png) = pictures.draw(&sent.tag, svg).await {
        return sent.answer(&asked.headers, png);
    }
    let svg = of_this_hub(asked);
    let sent = Sent { tag: entity_tag(&svg), fresh: STOPGAP, ..sent };
    match pictures.draw_first(&sent.tag, &svg).await {
        Some(png) => sent.answer(&asked.headers, png),
        None => refused(&Error::Internal),
    }
}
