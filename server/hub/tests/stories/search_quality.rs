//! Whether search is any good: what people type, and what they mean by it, in English and Chinese.
//!
//! `search_set/queries.tsv` is the agreement; whoever changes the order of results judges what changes in it.

use crate::stage::Stage;
use crate::stories;
use hub::{NewRepository, SearchQuery};
use model::{RepositoryName, Visibility};
use std::collections::BTreeSet;

stories! { the_first_result_is_the_one_that_is_meant }

const REPOSITORIES: &str = include_str!("search_set/repositories.tsv");
const QUERIES: &str = include_str!("search_set/queries.tsv");

fn lines(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

async fn the_first_result_is_the_one_that_is_meant(stage: Stage) {
    fill(&stage).await;
    while stage.hub.weigh_again().await.unwrap() > 0 {}
    let mut wrong = Vec::new();
    for line in lines(QUERIES) {
        let query = SearchQuery { text: line[0].into(), page: 1, size: 5, ..SearchQuery::default() };
        let hits = stage.hub.search(&stage.nobody, &query).await.unwrap().hits.rows;
        let names: Vec<String> = hits.iter().map(|hit| hit.row.name.to_string()).collect();
        if names.first().map(String::as_str) != Some(line[1]) {
            wrong.push(format!("{}: {} expected, {names:?} found", line[0], line[1]));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), lines(QUERIES).count(), wrong.join("\n"));
}

/// Adds the set with its stars and pulls.
async fn fill(stage: &Stage) {
    let names: Vec<RepositoryName> = lines(REPOSITORIES).map(|line| line[0].parse().unwrap()).collect();
    let namespaces: BTreeSet<&str> = names.iter().map(RepositoryName::namespace).collect();
    let missing = namespaces.iter().filter(|name| !["anna", "ben"].contains(*name));
    let rows: Vec<String> = missing.map(|name| format!("('{name}', 'user', 0)")).collect();
    stage
        .execute(&format!("INSERT INTO namespaces (name, kind, created_at) VALUES {}", rows.join(",")))
        .await;
    let mut likes = String::new();
    for (line, name) in lines(REPOSITORIES).zip(names) {
        let (stars, pulls, namespace, word) = (line[1], line[2], name.namespace(), name.name());
        likes.push_str(&format!(
            "UPDATE repositories SET stars = {stars}, pulls = {pulls} \
             WHERE namespace = '{namespace}' AND name = '{word}';"
        ));
        let (short, full) = (line[3].into(), (*line.get(4).unwrap_or(&"")).into());
        let visibility = Visibility::Public;
        let new = NewRepository { name, description: short, full_description: full, visibility };
        stage.hub.add_repository(&stage.root, &new).await.unwrap();
    }
    stage.execute(&likes).await;
}
