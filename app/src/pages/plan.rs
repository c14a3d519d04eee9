//! What a namespace may have, how much of it is used, and what else there is.

use super::loaded::{loaded, namespace};
use crate::api::reading;
use crate::api::rights::ChangePlan;
use crate::format::size;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, SavedNotice, refusal};
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::Plan;
use model::view::PlanPage;

/// The page.
#[component]
pub(crate) fn PlanDetails() -> AnyView {
    let name = namespace();
    loaded(async move { reading::plan(name?).await }, show)
}

fn show(page: PlanPage) -> AnyView {
    let words = &words().rights;
    let title = (words.plan_of)(page.namespace.as_str());
    let rows = page.plans.clone().into_iter().map(|plan| row(&page, plan)).collect_view();
    view! {
        <PageMeta title=title.clone() description=words.plan_text hidden=true/>
        <div class="reading">
            <p><a href=routes::profile(page.namespace.as_str()) translate="no">{page.namespace.to_string()}</a></p>
            <h1>{title}</h1>
            <p class="lead">{words.plan_text}</p>
            <SavedNotice/>
            <RefusalNotice refusal=refusal()/>
            {usage(&page)}
            {storage(&page)}
            <table class="cards">
                <caption>{words.plans_caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.plan_name}</th>
                        <th scope="col">{words.private_slots}</th>
                        <th scope="col">{words.storage}</th>
                        <th scope="col"><span class="hidden">{words.choose_plan}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {(!page.may_change).then(|| view! { <p class="soft">{words.ask_for_plan}</p> })}
        </div>
    }
    .into_any()
}

fn usage(page: &PlanPage) -> AnyView {
    let words = &words().rights;
    let Some(slots) = page.plan.private_slots else {
        return view! { <p>{(words.slots_used_unlimited)(page.used)}</p> }.into_any();
    };
    let text = (words.slots_used)(page.used, slots);
    let is_full = page.used >= u64::from(slots);
    view! {
        <p class="usage">
            <label for="slots">{text}</label>
            <meter
                id="slots"
                min="0"
                max=slots.to_string()
                high=slots.saturating_sub(1).to_string()
                optimum="0"
                value=page.used.to_string()
            ></meter>
        </p>
        {is_full.then(|| view! { <p class="notice">{words.slots_full}</p> })}
    }
    .into_any()
}

fn storage(page: &PlanPage) -> AnyView {
    let (words, stored) = (&words().rights, size(page.stored));
    let Some(limit) = page.plan.storage else {
        return view! { <p>{(words.stored_unlimited)(&stored)}</p> }.into_any();
    };
    view! {
        <p class="usage">
            <label for="storage">{(words.stored_of)(&stored, &size(limit))}</label>
            <meter
                id="storage"
                min="0"
                max=limit.to_string()
                high=(limit / 10 * 9).to_string()
                optimum="0"
                value=page.stored.to_string()
            ></meter>
        </p>
    }
    .into_any()
}

fn row(page: &PlanPage, plan: Plan) -> AnyView {
    let words = &words().rights;
    let slots = plan.private_slots.map_or_else(|| words.unlimited.to_owned(), |slots| slots.to_string());
    let room = plan.storage.map_or_else(|| words.unlimited.to_owned(), size);
    let choice = match (plan == page.plan, page.may_change) {
        (true, _) => view! { <span class="badge">{words.current_plan}</span> }.into_any(),
        (false, true) => choose(page, &plan),
        (false, false) => ().into_any(),
    };
    view! {
        <tr>
            <th scope="row" translate="no">{plan.name}</th>
            <td class="number" data-label=words.private_slots>{slots}</td>
            <td class="number" data-label=words.storage>{room}</td>
            <td>{choice}</td>
        </tr>
    }
    .into_any()
}

fn choose(page: &PlanPage, plan: &Plan) -> AnyView {
    let words = &words().rights;
    view! {
        <form method="post" action=ChangePlan::url()>
            <input type="hidden" name="namespace" value=page.namespace.to_string()/>
            <input type="hidden" name="plan" value=plan.name.clone()/>
            <button type="submit" aria-label=format!("{} {}", words.choose_plan, plan.name)>{words.choose_plan}</button>
        </form>
    }
    .into_any()
}
