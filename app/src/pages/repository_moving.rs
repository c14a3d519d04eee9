//! The part of a repository's settings that gives it another name.

use crate::api::moving::{RenameRepository, TransferRepository};
use crate::parts::field::{Field, NameField};
use crate::parts::notice::{Refusal, kept};
use crate::parts::repository_head::may;
use crate::parts::select::Select;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::RepositoryHead;
use model::{Action, RepositoryName, Username};

/// Rename and, for owners, transfer.
pub(super) fn moving(head: &RepositoryHead, namespaces: &[Username], refusal: &Refusal) -> AnyView {
    let others: Vec<&Username> =
        namespaces.iter().filter(|name| name.as_str() != head.name.namespace()).collect();
    let transfers = may(head, Action::Transfer) && !others.is_empty();
    view! {
        {rename(&head.name, refusal)}
        {transfers.then(|| transfer(&head.name, &others, refusal))}
    }
    .into_any()
}

fn rename(name: &RepositoryName, refusal: &Refusal) -> AnyView {
    let words = &words().site;
    let typed = kept("new_name");
    view! {
        <section>
            <h2>{words.rename}</h2>
            <p class="soft">{words.rename_text}</p>
            <form method="post" action=RenameRepository::url()>
                <NameField name=name.clone()/>
                <Field
                    name="new_name"
                    label=words.new_name
                    value=if typed.is_empty() { name.name().to_owned() } else { typed }
                    autocomplete="off"
                    refusal=refusal.clone()
                />
                <button type="submit">{words.rename}</button>
            </form>
        </section>
    }
    .into_any()
}

fn transfer(name: &RepositoryName, others: &[&Username], refusal: &Refusal) -> AnyView {
    let (all, words) = (words(), &words().site);
    let options = others.iter().map(|one| (one.to_string(), one.to_string())).collect();
    let refusal = if kept("form") == "transfer" { refusal.clone() } else { Refusal::default() };
    view! {
        <section>
            <h2>{words.transfer}</h2>
            <p class="soft">{words.transfer_text}</p>
            <form method="post" action=TransferRepository::url()>
                <NameField name=name.clone()/>
                <Select name="namespace" label=words.to_namespace options/>
                <Field
                    name="confirm"
                    id="transfer-confirm"
                    label=all.repository_name
                    hint=(all.type_name)(name.as_str())
                    autocomplete="off"
                    refusal
                />
                <button type="submit">{words.transfer}</button>
            </form>
        </section>
    }
    .into_any()
}
