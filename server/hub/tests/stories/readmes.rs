//! READMEs that an older version of the hub rendered.

use crate::stage::Stage;
use crate::stories;
use hub::{NewRepository, RepositoryEdit};
use model::{Error, RepositoryName, Visibility};

stories! { old_readmes_are_rendered_again what_is_saved_is_not_old previews_are_for_people_and_not_without_end }

const OLD: &str = "UPDATE repositories SET readme_html = 'old', readme_version = 0";

async fn described(stage: &Stage, name: &str, text: &str) -> RepositoryName {
    let new = NewRepository {
        name: name.parse().unwrap(),
        description: String::new(),
        full_description: text.into(),
        visibility: Visibility::Private,
    };
    stage.hub.add_repository(&stage.anna, &new).await.unwrap();
    new.name
}

async fn shown(stage: &Stage, name: &RepositoryName) -> String {
    stage.hub.repository(&stage.anna, name).await.unwrap().readme_html
}

async fn old_readmes_are_rendered_again(stage: Stage) {
    let mut names = Vec::new();
    for number in 0..120 {
        names.push(described(&stage, &format!("anna/app-{number}"), &format!("# Tide {number}")).await);
    }
    let empty = stage.add("anna/empty", Visibility::Public).await;
    stage.execute(OLD).await;
    assert_eq!(shown(&stage, &names[0]).await, "old");
    assert_eq!(stage.hub.render_old_readmes().await.unwrap(), 120);
    for (number, name) in names.iter().enumerate() {
        let html = shown(&stage, name).await;
        assert!(html.contains(&format!("<h1 id=\"readme-tide-{number}\">")), "{html}");
    }
    let previewed = stage.hub.preview(&stage.anna, "# Tide 0").await.unwrap();
    assert_eq!(shown(&stage, &names[0]).await, previewed, "as the preview shows it");
    assert_eq!(shown(&stage, &empty).await, "old", "there is nothing to render");
    assert_eq!(stage.hub.render_old_readmes().await.unwrap(), 0);
}

async fn previews_are_for_people_and_not_without_end(stage: Stage) {
    assert_eq!(stage.hub.preview(&stage.nobody, "# Tide").await, Err(Error::SignInNeeded));
    assert_eq!(stage.hub.preview_comment(&stage.nobody, "tide"), Err(Error::SignInNeeded));
    for _ in 0..30 {
        stage.hub.preview(&stage.anna, "# Tide").await.unwrap();
        stage.hub.preview_comment(&stage.anna, "tide").unwrap();
    }
    let refused = Some(Error::TooMany { retry_after: 1 });
    assert_eq!(stage.hub.preview(&stage.anna, "# Tide").await.err(), refused);
    assert_eq!(stage.hub.preview_comment(&stage.anna, "tide").err(), refused);
    stage.wait(1000);
    stage.hub.preview_comment(&stage.anna, "tide").unwrap();
}

async fn what_is_saved_is_not_old(stage: Stage) {
    let name = described(&stage, "anna/app", "one").await;
    assert_eq!(stage.hub.render_old_readmes().await.unwrap(), 0);
    stage.execute(OLD).await;
    let short = RepositoryEdit { short: Some("Tides".into()), ..RepositoryEdit::default() };
    stage.hub.edit_repository(&stage.anna, &name, &short).await.unwrap();
    assert_eq!(shown(&stage, &name).await, "old", "its text was not saved");
    let full = RepositoryEdit { full: Some("two".into()), ..RepositoryEdit::default() };
    stage.hub.edit_repository(&stage.anna, &name, &full).await.unwrap();
    assert_eq!(stage.hub.render_old_readmes().await.unwrap(), 0);
    stage.execute("UPDATE repositories SET readme_html = 'newer', readme_version = 1000").await;
    assert_eq!(stage.hub.render_old_readmes().await.unwrap(), 0);
    assert_eq!(shown(&stage, &name).await, "newer", "what a newer version wrote stays");
}
