//! Texts of who may do what: collaborators, plans.

use super::words;

words! {
    Words: general, collaborators, collaborators_text, no_collaborators, add_collaborator, remove, leave, leave_text,
    added(&str),
    plan_text, plan_of(&str), private_slots, slots_used(u64, u32), slots_used_unlimited(u64), slots_full,
    plan_name, unlimited, choose_plan, current_plan, plans_caption, ask_for_plan, see_plan,
}

pub(super) const EN: Words = Words {
    general: "General",
    collaborators: "Collaborators",
    collaborators_text: "They pull and push. They can not add others, change settings or visibility, or delete anything.",
    no_collaborators: "Nobody yet. Add people by their user name.",
    add_collaborator: "Add collaborator",
    remove: "Remove",
    leave: "Leave this repository",
    leave_text: "You are a collaborator. Whoever added you can add you again.",
    added: |when| format!("added {when}"),
    plan_text: "Public and unlisted repositories are free. A private one takes a slot.",
    plan_of: |name| format!("Plan of {name}"),
    private_slots: "Private repositories",
    slots_used: |used, slots| format!("{used} of {slots} private slots used"),
    slots_used_unlimited: |used| format!("{used} private repositories, no limit"),
    slots_full: "Every slot is used. Make a repository public or unlisted, or choose a larger plan.",
    plan_name: "Plan",
    unlimited: "no limit",
    choose_plan: "Choose",
    current_plan: "current plan",
    plans_caption: "The plans of this hub",
    ask_for_plan: "The operator of this hub changes plans. Ask them for another one.",
    see_plan: "See the plan",
};

pub(super) const ZH: Words = Words {
    general: "常规",
    collaborators: "合作者",
    collaborators_text: "合作者可以拉取和推送，但不能添加其他人、更改设置或可见性，也不能删除任何内容。",
    no_collaborators: "还没有合作者。按用户名添加。",
    add_collaborator: "添加合作者",
    remove: "移除",
    leave: "退出此仓库",
    leave_text: "你是合作者。退出后，需要由添加你的人重新添加。",
    added: |when| format!("添加于{when}"),
    plan_text: "公开和未列出的仓库不占名额，每个私有仓库占用一个名额。",
    plan_of: |name| format!("{name} 的套餐"),
    private_slots: "私有仓库",
    slots_used: |used, slots| format!("已用 {used} 个私有名额，共 {slots} 个"),
    slots_used_unlimited: |used| format!("{used} 个私有仓库，不限数量"),
    slots_full: "名额已用完。请把某个仓库改为公开或未列出，或选择更大的套餐。",
    plan_name: "套餐",
    unlimited: "不限",
    choose_plan: "选择",
    current_plan: "当前套餐",
    plans_caption: "可选的套餐",
    ask_for_plan: "套餐由管理员更改，如有需要请联系管理员。",
    see_plan: "查看套餐",
};
