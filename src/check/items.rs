//! Items by themselves: limits, modes, components, persons' names.

use super::look::{Look, Looks};
use super::{Findings, say};
use crate::codes::{AliasKind, ItemType, Level};
use crate::keyed::List;
use crate::kind::Kind;
use crate::problem::shortened;
use crate::term::{ItemRef, TimeLimit};
use crate::text::normal;

#[inline]
pub(super) fn check(list: &Look<'_>, looks: &Looks<'_>, findings: &mut Findings) {
    for i in 0..list.items.len() {
        limits(list, i, findings);
        persons(list, i, findings);
        match list.kind {
            Kind::LicenceReform => reform(list, i, findings),
            Kind::Package => components(list, i, findings),
            Kind::CrossRegion => decision(list, i, findings),
            Kind::Filing => approval(list, i, findings),
            Kind::Power => funnel(list, i, findings),
            _ => {}
        }
    }
    abstract_authorities(list, looks, findings);
}

/// A promise longer than the law allows. Limits of different units, and unknown ones, are not compared.
#[inline]
fn limits(list: &Look<'_>, i: usize, findings: &mut Findings) {
    let item = list.items[i];
    let limit = |field| item.get::<Option<TimeLimit>>(field).and_then(Option::as_ref);
    let (Some(statutory), Some(promised)) = (limit("statutory_limit"), limit("promised_limit")) else {
        return;
    };
    if promised.is_longer_than(statutory) == Some(true) {
        let (promised, statutory) = (promised.to_string(), statutory.to_string());
        findings.item("limit/promise-longer", list, &format!("{promised} {statutory}"), i, || {
            say(
                format!("承诺办结时限（{promised}）长于法定办结时限（{statutory}）"),
                format!("the promised limit ({promised}) is longer than the statutory one ({statutory})"),
            )
            .field("promised_limit")
            .expected(format!("≤ {statutory}"))
            .found(promised.clone())
        });
    }
}

/// Names of clerks: kept, but not to be published unseen.
#[inline]
fn persons(list: &Look<'_>, i: usize, findings: &mut Findings) {
    let item = list.items[i];
    let in_extra =
        item.extra().is_some_and(|extra| extra.iter().any(|(header, _)| normal(header) == "录入人"));
    if !item.text("clerk").is_empty() || in_extra {
        findings.item("privacy/clerk-name", list, "", i, || {
            say(
                "“录入人”一栏含有个人姓名；公布前请删去",
                "the column 录入人 holds names of persons; take them out before you publish",
            )
            .field("clerk")
        });
    }
}

/// Exactly one reform mode for each row and area.
#[inline]
fn reform(list: &Look<'_>, i: usize, findings: &mut Findings) {
    let item = list.items[i];
    let mode = item.text("mode");
    let known = crate::codes::ReformMode::ALL.iter().any(|one| one.label() == mode);
    if known {
        return;
    }
    let name = shortened(item.name(), 40);
    findings.item("reform/one-mode", list, item.id(), i, || {
        let (zh, en) = if mode.is_empty() {
            (
                format!("“{name}”没有改革方式；四种方式选一"),
                format!("`{name}` has no reform mode; choose one of the four"),
            )
        } else {
            (
                format!("“{name}”的改革方式是“{mode}”；每个区域只能有一种"),
                format!("`{name}` has the reform mode `{mode}`; a row has one for its area"),
            )
        };
        say(zh, en).field("mode").found(&*mode)
    });
}

/// A package joins two items at least.
#[inline]
fn components(list: &Look<'_>, i: usize, findings: &mut Findings) {
    let item = list.items[i];
    let count = item.get::<List<ItemRef>>("items").map_or(0, List::len);
    if count < 2 {
        let name = shortened(item.name(), 40);
        findings.item("package/components", list, item.id(), i, || {
            say(
                format!("“{name}”只有{count}个事项；一件事由两个及两个以上事项组成"),
                format!("`{name}` has {count} component; a package joins two items or more"),
            )
            .field("items")
            .expected("≥ 2")
            .found(count.to_string())
        });
    }
}

/// The decision stays with the home organ (审批权不变).
#[inline]
fn decision(list: &Look<'_>, i: usize, findings: &mut Findings) {
    let item = list.items[i];
    let decides = item.text("decision_authority");
    if decides.is_empty() {
        return;
    }
    let home = item.text("home");
    let receiving = item.text("receiving");
    let elsewhere = receiving.split(['；', ';', '、', '\n']).map(str::trim).find(|region| {
        let short = region.trim_end_matches(['市', '州', '县', '区', '省']);
        short.chars().count() > 1 && decides.contains(short) && !(home.contains(short))
    });
    if let Some(region) = elsewhere {
        findings.item("cross-region/decision-moved", list, item.id(), i, || {
            say(
                format!("由收件地{region}的“{decides}”决定；审批权应留在属地"),
                format!("`{decides}` of the receiving region {region} decides; the decision stays with the home organ"),
            )
            .field("decision_authority")
            .found(&*decides)
        });
    }
}

/// A filing must not ask for approval before the activity.
#[inline]
fn approval(list: &Look<'_>, i: usize, findings: &mut Findings) {
    let item = list.items[i];
    let name = normal(item.name());
    let named = ["审批", "许可", "核准", "批准"].iter().find(|word| name.ends_with(**word));
    let texts = ["time_to_file", "conditions", "optimisation", "remarks"];
    let asked = texts.iter().find_map(|field| {
        let text = item.text(field);
        ["同意后方可", "批准后方可", "许可后方可", "审查同意,方可", "审查同意，方可"]
            .iter()
            .find(|words| text.contains(**words))
            .map(|words| ((*words).to_owned(), *field))
    });
    let found = named.map(|word| ((*word).to_owned(), "name")).or(asked);
    if let Some((words, field)) = found {
        findings.item("filing/approval", list, item.id(), i, || {
            say(
                format!("备案事项“{}”含“{words}”：备案不得变相许可", shortened(item.name(), 40)),
                format!(
                    "the filing `{}` says `{words}`: a filing asks for no approval",
                    shortened(item.name(), 40)
                ),
            )
            .field(if field == "name" { "name" } else { "time_to_file" })
            .found(words.clone())
        });
    }
}

/// Items with materials or with commitment are among those with retained certifications.
#[inline]
fn funnel(list: &Look<'_>, i: usize, findings: &mut Findings) {
    let item = list.items[i];
    let says = |field| item.get::<Option<bool>>(field).copied().flatten();
    if says("retained_certifications") == Some(true) {
        return;
    }
    for (field, zh) in [("with_material", "含有证明材料"), ("commitment_optional", "可选择告知承诺制")]
    {
        if says(field) == Some(true) {
            findings.item("power/funnel", list, field, i, || {
                say(
                    format!("“{zh}”为是，“涉及保留证明”却不是"),
                    format!("{zh} is ticked, but 涉及保留证明 is not"),
                )
                .field(field)
            });
        }
    }
}

/// Abstract bodies in the list of one place: one note for each body.
#[inline]
fn abstract_authorities(list: &Look<'_>, looks: &Looks<'_>, findings: &mut Findings) {
    let own = matches!(list.kind, Kind::Power | Kind::Licensing | Kind::Filing | Kind::Service);
    let region = list.header.region.parse::<crate::code::DivisionCode>().ok();
    let concrete = region.is_some_and(|region| region.level() > Level::Province);
    if !own || !concrete || list.header.scope == Some(crate::codes::Scope::General) {
        return;
    }
    for (i, item) in list.items.iter().enumerate() {
        let Some(bodies) = item.get::<List<crate::term::Authority>>("authorities") else { continue };
        for authority in bodies {
            for body in authority.bodies().into_iter().filter(crate::organ::Body::is_abstract) {
                let name = authority.name.get(body.span.clone()).unwrap_or(&authority.name).to_owned();
                // Registered once, it is known which body is meant.
                let known = looks.options.aliases.canonical(&AliasKind::Organ, &name, list.day());
                if *known != *normal(&name) {
                    continue;
                }
                findings.item("authority/abstract", list, &name, i, || {
                    say(
                        format!("“{name}”是层级和职能，不是本地的机关；请写具体机关"),
                        format!(
                            "`{name}` names a level and a function, not a body of this place; name the body"
                        ),
                    )
                    .field("authorities")
                    .found(name.clone())
                });
            }
        }
    }
}

/// Whether an item is of its type.
#[inline]
pub(super) fn is_of_type(item: &dyn crate::AnyItem, wanted: &ItemType) -> bool {
    item.get::<Option<ItemType>>("item_type").and_then(Option::as_ref) == Some(wanted)
}
