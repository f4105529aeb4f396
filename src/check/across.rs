//! The lists of one government together.

use super::items::is_of_type;
use super::look::{Look, Looks, basic_code};
use super::{Findings, say};
use crate::AnyItem;
use crate::citation::short_title;
use crate::codes::{
    CertificationStatus, DelegationKind, ItemType, Level, ReformArea, ReformMode, Scope, ServiceObject,
};
use crate::item::is_cancelled;
use crate::keyed::{List, Set};
use crate::kind::Kind;
use crate::name;
use crate::problem::shortened;
use crate::serial;
use crate::term::{Citation, Delegation, ItemRef, TimeLimit};
use std::collections::HashSet;

#[inline]
pub(super) fn check(looks: &Looks<'_>, findings: &mut Findings) {
    own_levels(looks, findings);
    references(looks, findings);
    licences_and_filings(looks, findings);
    reforms(looks, findings);
    licences_and_powers(looks, findings);
    certifications(looks, findings);
    packages(looks, findings);
    inspections(looks, findings);
    penalties(looks, findings);
    unlicensed(looks, findings);
    delegations(looks, findings);
}

/// Names are compared one by one only with lists of at most so many items: a longer list is looked up.
const FEW: usize = 5_000;

/// The kinds whose items others point to.
const BASE: &[Kind] = &[Kind::Licensing, Kind::LicensingNorm, Kind::Filing, Kind::Power, Kind::Service];

/// Own-level list ⊆ general list (C6). Scope words and levels in names do not count.
#[inline]
fn own_levels(looks: &Looks<'_>, findings: &mut Findings) {
    for &kind in Kind::ALL {
        let general: Vec<&Look<'_>> =
            looks.with_references(kind).filter(|look| look.header.scope == Some(Scope::General)).collect();
        if general.is_empty() {
            continue;
        }
        for own in looks.of(kind).filter(|look| look.header.scope == Some(Scope::OwnLevel)) {
            for (i, item) in own.items.iter().enumerate() {
                if general.iter().any(|list| holds(list, *item)) {
                    continue;
                }
                findings.item("portfolio/own-beyond-general", own, &own.department(i), i, || {
                    say(
                        "本级清单的事项不在通用清单中；请补入通用清单，或从本级清单删去",
                        "the own-level list has what the general list does not; add it there, or take it out here",
                    )
                });
            }
        }
    }
}

/// Whether a list holds an item: by its code, or by its name and that of its sub item.
#[inline]
fn holds(list: &Look<'_>, item: &dyn AnyItem) -> bool {
    if !item.is_derived() && list.by_code(item.id()).is_some() {
        return true;
    }
    if basic_code(item).is_some_and(|code| list.by_code(&code).is_some()) {
        return true;
    }
    let base = name::read(item.name()).base;
    let named = list.by_name(&base);
    if item.sub_item().is_empty() {
        return !named.is_empty();
    }
    // A sub item stands there itself, or its main item does without sub items.
    let sub = name::read(item.sub_item()).base;
    named.iter().any(|&i| {
        let there = list.items[i].sub_item();
        there.is_empty() || name::read(there).base == sub
    })
}

/// Which fields point to which kinds. Where the field is empty and `own` says so, the item's own name points.
const POINTERS: &[(Kind, &str, bool, &[Kind])] = &[
    (Kind::Package, "items", false, BASE),
    (Kind::CrossRegion, "item", true, BASE),
    (Kind::Certification, "items", false, BASE),
    (Kind::Inspection, "items", false, &[Kind::Power]),
    (Kind::LicenceReform, "replaced_by", false, &[Kind::Filing]),
];

/// What points to items that are not there (C14) or are cancelled (C15).
#[inline]
fn references(looks: &Looks<'_>, findings: &mut Findings) {
    for &(kind, field, own, targets) in POINTERS {
        let targets: Vec<&Look<'_>> = targets.iter().flat_map(|&kind| looks.with_references(kind)).collect();
        if targets.is_empty() {
            continue;
        }
        for list in looks.of(kind) {
            for (i, item) in list.items.iter().enumerate() {
                let named = item.get::<List<ItemRef>>(field);
                let itself;
                let pointing: &[ItemRef] = match named {
                    Some(list) => list.as_slice(),
                    None if own => {
                        itself = [ItemRef::new(item.name())];
                        &itself
                    }
                    None => continue,
                };
                let mut at = 0;
                while at < pointing.len() {
                    // 、 stands within names as well as between them: what was cut apart is tried whole.
                    let whole = pointing
                        .get(at + 1)
                        .map(|next| ItemRef::new(format!("{}、{}", pointing[at].name, next.name)));
                    let joined = whole.filter(|whole| {
                        find(&targets, &pointing[at]).is_empty() && !find(&targets, whole).is_empty()
                    });
                    if joined.is_some() {
                        at += 2;
                    } else {
                        point(list, i, field, &pointing[at], &targets, findings);
                        at += 1;
                    }
                }
            }
        }
    }
}

#[inline]
fn point(
    list: &Look<'_>,
    i: usize,
    field: &'static str,
    reference: &ItemRef,
    targets: &[&Look<'_>],
    findings: &mut Findings,
) {
    let shown = shortened(&reference.to_string(), 50);
    let found = find(targets, reference);
    if found.is_empty() {
        let stem = name::stem(&reference.name);
        let near = targets.iter().find_map(|list| list.by_stem(&stem).first().map(|&i| list.items[i].name()));
        findings.item("portfolio/dangling-reference", list, &shown, i, || {
            let hit = match near {
                Some(near) => say(
                    format!("所指的“{shown}”不在清单中；是否指“{}”？", shortened(near, 40)),
                    format!("`{shown}` stands in no list; is `{}` meant?", shortened(near, 40)),
                )
                .expected(near),
                None => say(
                    format!("所指的“{shown}”不在清单中；请改正，或删去"),
                    format!("`{shown}` stands in no list; correct it or take it out"),
                ),
            };
            hit.field(field).found(shown.clone())
        });
        return;
    }
    let cancelled = |(list, item): &(&Look<'_>, usize)| is_cancelled(list.items[*item]);
    if found.iter().all(cancelled) {
        findings.item("portfolio/cancelled-still-cited", list, &shown, i, || {
            say(
                format!("所指的“{shown}”已取消；不得再实施"),
                format!("`{shown}` is cancelled; nothing may point to it"),
            )
            .field(field)
            .found(shown.clone())
        });
    }
}

/// The items that a reference means: by code, else by the base of the name.
#[inline]
fn find<'l, 'a>(targets: &[&'l Look<'a>], reference: &ItemRef) -> Vec<(&'l Look<'a>, usize)> {
    if !reference.id.is_empty() {
        let by_code: Vec<_> =
            targets.iter().filter_map(|list| list.by_code(&reference.id).map(|item| (*list, item))).collect();
        if !by_code.is_empty() || reference.name.is_empty() {
            return by_code;
        }
    }
    let named = |name: &str| -> Vec<(&'l Look<'a>, usize)> {
        let base = name::read(name).base;
        targets.iter().flat_map(|list| list.by_name(&base).iter().map(move |&item| (*list, item))).collect()
    };
    let found = named(&reference.name);
    // Cells number what they name: 1.校车使用许可.
    let unnumbered = serial::unnumbered(&reference.name);
    if found.is_empty() && unnumbered.len() < reference.name.len() { named(unnumbered) } else { found }
}

/// One activity at one level is licensed or filed (C11): an equal stem, or one article behind like names.
#[inline]
fn licences_and_filings(looks: &Looks<'_>, findings: &mut Findings) {
    let licences: Vec<&Look<'_>> = looks.of(Kind::Licensing).collect();
    for list in looks.of(Kind::Filing) {
        for (i, item) in list.items.iter().enumerate() {
            let stem = name::stem(item.name());
            for licensing in &licences {
                let both = licensing.by_stem(&stem).iter().copied().find(|&licence| {
                    let licence = licensing.items[licence];
                    !is_cancelled(licence)
                        && overlap::<Level>(*item, licence, "levels")
                        && overlap::<ServiceObject>(*item, licence, "service_objects")
                });
                if let Some(licence) = both {
                    let licence = licensing.items[licence].name();
                    let name = shortened(item.name(), 40);
                    findings.item("portfolio/licence-and-filing", list, &stem, i, || {
                        say(
                            format!("备案事项“{name}”与许可事项“{}”似为同一活动；不得既许可又备案", shortened(licence, 40)),
                            format!("the filing `{name}` and the licence `{}` look like one activity; it is one or the other", shortened(licence, 40)),
                        )
                        .found(licence)
                    });
                }
            }
        }
    }
}

/// Whether two sets share a code; one that says nothing excludes nothing.
fn overlap<T: crate::Code>(one: &dyn AnyItem, other: &dyn AnyItem, field: &str) -> bool {
    match (one.get::<Set<T>>(field), other.get::<Set<T>>(field)) {
        (Some(one), Some(other)) => one.iter().any(|code| other.contains(code)),
        _ => true,
    }
}

/// Reform list against licensing and filing lists (C13).
#[inline]
fn reforms<'a>(looks: &Looks<'a>, findings: &mut Findings) {
    let licensing: Vec<&Look<'a>> = looks.with_references(Kind::Licensing).collect();
    let filings: Vec<&Look<'a>> = looks.with_references(Kind::Filing).collect();
    if licensing.is_empty() {
        return;
    }
    for list in looks.of(Kind::LicenceReform) {
        for (i, item) in list.items.iter().enumerate() {
            let Some(mode) = item.get::<Option<ReformMode>>("mode").and_then(Option::as_ref) else {
                continue;
            };
            let named = item.get::<List<ItemRef>>("items");
            let itself = [ItemRef::new(item.name())];
            let pointing = named.map_or(&itself[..], List::as_slice);
            let licences: Vec<_> = pointing
                .iter()
                .flat_map(|reference| find(&licensing, reference))
                .filter(|(list, item)| !is_cancelled(list.items[*item]))
                .collect();
            let name = shortened(item.name(), 40);
            // What is abolished in a trade zone alone stays a licence elsewhere.
            let everywhere = item
                .get::<Option<ReformArea>>("area")
                .and_then(Option::as_ref)
                .is_none_or(|area| *area == ReformArea::Nation);
            match mode {
                ReformMode::Abolish | ReformMode::ConvertToFiling => {
                    if everywhere && let Some((there, _)) = licences.first() {
                        let there = &there.key;
                        findings.item("portfolio/abolished-still-licensed", list, item.id(), i, || {
                            say(
                                format!("“{name}”已{}，仍在许可清单（{there}）中", mode.label()),
                                format!(
                                    "`{name}` ({}) still stands in the licensing list ({there})",
                                    mode.label()
                                ),
                            )
                            .field("mode")
                        });
                    }
                    let replaced = item.get::<List<ItemRef>>("replaced_by").is_some();
                    if *mode == ReformMode::ConvertToFiling && !replaced && !filings.is_empty() {
                        let stem = name::stem(item.name());
                        let acts = acts(looks, list, i);
                        let filed = |filing: &&Look<'a>| {
                            has_like(filing, &stem) || stands_on(looks, filing, &stem, &acts)
                        };
                        if !filings.iter().any(filed) {
                            findings.item("portfolio/converted-not-filed", list, item.id(), i, || {
                                say(
                                    format!("“{name}”改为备案，备案清单中没有对应事项；请补上，或在“对应备案事项”中写明"),
                                    format!("`{name}` became a filing, and the filing list has none of that name; add it, or name it in 对应备案事项"),
                                )
                                .field("mode")
                            });
                        }
                    }
                }
                ReformMode::Commitment | ReformMode::Optimise => {
                    if licences.is_empty() {
                        findings.item("portfolio/reform-not-licensed", list, item.id(), i, || {
                            say(
                                format!("“{name}”仍是许可（{}），却不在许可清单中", mode.label()),
                                format!(
                                    "`{name}` stays a licence ({}), but stands in no licensing list",
                                    mode.label()
                                ),
                            )
                            .field("mode")
                        });
                    }
                }
                ReformMode::Other(_) => {}
            }
        }
    }
}

/// Whether a list has an item of this stem, or of one that is nearly it (…业务, …经营). Lists that are too long to be gone
/// through for each are looked up alone.
#[inline]
fn has_like(list: &Look<'_>, stem: &str) -> bool {
    !list.by_stem(stem).is_empty()
        || list.items.len() <= FEW
            && list.items.iter().any(|item| name::similarity(&name::stem(item.name()), stem) >= 0.75)
}

/// The titles of the acts that an item stands on.
#[inline]
fn acts<'a>(looks: &Looks<'a>, list: &Look<'a>, item: usize) -> HashSet<String> {
    let read = list.citations(item).map(|(_, citation)| looks.read(citation));
    read.flat_map(|bases| bases.cited.iter().map(|cited| short_title(&cited.title)).collect::<Vec<_>>())
        .collect()
}

/// Whether an item of a list stands on one of these acts under a name that has something in common with a stem: a filing
/// is often called otherwise than the licence that it replaces.
#[inline]
fn stands_on<'a>(looks: &Looks<'a>, list: &Look<'a>, stem: &str, wanted: &HashSet<String>) -> bool {
    list.items.len() <= FEW
        && list.items.iter().enumerate().any(|(i, item)| {
            name::similarity(&name::stem(item.name()), stem) >= 0.25
                && !acts(looks, list, i).is_disjoint(wanted)
        })
}

/// Licences of power and service lists stand in the licensing list (C7, C8), and the reverse.
#[inline]
fn licences_and_powers(looks: &Looks<'_>, findings: &mut Findings) {
    let licensing: Vec<&Look<'_>> =
        [Kind::Licensing, Kind::LicensingNorm].iter().flat_map(|&kind| looks.with_references(kind)).collect();
    let has_list = looks.with_references(Kind::Licensing).next().is_some();
    for list in looks.of(Kind::Power).chain(looks.of(Kind::Service)).filter(|_| has_list) {
        for (i, item) in list.items.iter().enumerate() {
            if !is_of_type(*item, &ItemType::Licence)
                || licensing.iter().any(|there| holds_stem(there, *item))
            {
                continue;
            }
            let name = shortened(item.name(), 40);
            findings.item("portfolio/licence-outside-list", list, item.id(), i, || {
                say(
                    format!("许可事项“{name}”不在行政许可事项清单中；清单之外不得许可"),
                    format!(
                        "the licence `{name}` does not stand in the licensing list; there is none outside it"
                    ),
                )
            });
        }
    }
    let powers: Vec<&Look<'_>> = looks.with_references(Kind::Power).collect();
    let any = powers.iter().any(|list| list.items.iter().any(|item| is_of_type(*item, &ItemType::Licence)));
    for list in looks.of(Kind::Licensing).filter(|_| any) {
        for (i, item) in list.items.iter().enumerate() {
            if is_cancelled(*item) || powers.iter().any(|there| holds_stem(there, *item)) {
                continue;
            }
            findings.item("portfolio/licence-not-in-power", list, "", i, || {
                say("许可清单的事项不在权责清单中", "licences that do not stand in the power list")
            });
        }
    }
}

/// Whether a list holds an item under a name of the same stem.
#[inline]
fn holds_stem(list: &Look<'_>, item: &dyn AnyItem) -> bool {
    holds(list, item) || !list.by_stem(&name::stem(item.name())).is_empty()
}

/// Certifications against the power items that they serve.
#[inline]
fn certifications(looks: &Looks<'_>, findings: &mut Findings) {
    let mut served: HashSet<String> = HashSet::new();
    let mut any = false;
    for list in looks.with_references(Kind::Certification) {
        for item in &list.items {
            let status = item.get::<Option<CertificationStatus>>("status").and_then(Option::as_ref);
            if status == Some(&CertificationStatus::Cancelled) {
                continue;
            }
            for reference in item.get::<List<ItemRef>>("items").into_iter().flatten() {
                any = true;
                served.insert(reference.id.to_string());
                served.insert(name::read(&reference.name).base);
            }
            // 证明用途 names the item as well, where no column refers to it.
            for purpose in crate::cell::cut(&item.text("purpose"), &['；', ';', '、', '\n']) {
                any = true;
                served.insert(name::read(purpose).base);
            }
        }
    }
    for list in looks.of(Kind::Power).filter(|_| any) {
        for (i, item) in list.items.iter().enumerate() {
            let retained =
                item.get::<Option<bool>>("retained_certifications").copied().flatten() == Some(true);
            let sub = name::read(item.sub_item()).base;
            let is_served = served.contains(item.id())
                || served.contains(&name::read(item.name()).base)
                || !sub.is_empty() && served.contains(&sub);
            if retained && !is_served {
                findings.item("portfolio/certification-unserved", list, &list.department(i), i, || {
                    say(
                        "事项涉及保留证明，证明事项清单中却没有用于它的证明",
                        "items with retained certifications, none of which stands in the list of certifications",
                    )
                    .field("retained_certifications")
                });
            }
        }
    }
    let status = |item: &dyn AnyItem| item.get::<Option<CertificationStatus>>("status").cloned().flatten();
    let retained: HashSet<String> = looks
        .with_references(Kind::Certification)
        .flat_map(|list| &list.items)
        .filter(|item| status(**item) == Some(CertificationStatus::Retained))
        .map(|item| name::read(item.name()).base)
        .collect();
    if retained.is_empty() {
        return;
    }
    let by_commitment: HashSet<String> = looks
        .with_references(Kind::LicenceReform)
        .flat_map(|list| &list.items)
        .filter(|item| {
            item.get::<Option<ReformMode>>("mode").and_then(Option::as_ref) == Some(&ReformMode::Commitment)
        })
        .map(|item| name::stem(item.name()))
        .collect();
    for list in looks.of(Kind::Certification) {
        for (i, item) in list.items.iter().enumerate() {
            if status(*item) != Some(CertificationStatus::Commitment)
                || retained.contains(&name::read(item.name()).base)
            {
                continue;
            }
            let serves =
                item.get::<List<ItemRef>>("items").into_iter().flatten().map(|item| name::stem(&item.name));
            if serves.chain([name::stem(&item.text("purpose"))]).any(|stem| by_commitment.contains(&stem)) {
                continue;
            }
            let name = shortened(item.name(), 40);
            findings.item("portfolio/commitment-not-covered", list, item.id(), i, || {
                say(
                    format!("告知承诺证明“{name}”不在保留清单中，其事项也不是告知承诺许可"),
                    format!("the certification by commitment `{name}` is not among the retained ones, nor is its licence granted by commitment"),
                )
                .field("status")
            });
        }
    }
}

/// A package takes no longer than its longest component, where all limits have one unit.
#[inline]
fn packages(looks: &Looks<'_>, findings: &mut Findings) {
    let targets: Vec<&Look<'_>> = BASE.iter().flat_map(|&kind| looks.with_references(kind)).collect();
    for list in looks.of(Kind::Package) {
        for (i, item) in list.items.iter().enumerate() {
            let Some(limit) = item.get::<Option<TimeLimit>>("limit").and_then(Option::as_ref) else {
                continue;
            };
            let Some(parts) = item.get::<List<ItemRef>>("items") else { continue };
            // Each component by the longest limit that a list promises for it.
            let mut limits: Vec<Vec<&TimeLimit>> = Vec::new();
            for part in parts {
                let promised = find(&targets, part).into_iter().filter_map(|(list, item)| {
                    list.items[item].get::<Option<TimeLimit>>("promised_limit")?.as_ref()
                });
                limits.push(promised.collect());
            }
            // One component without a limit, or with one of another unit, may be the longest.
            let longer = |than: &TimeLimit| limit.is_longer_than(than) == Some(true);
            let all = limits.iter().all(|of| !of.is_empty() && of.iter().all(|than| longer(than)));
            let longest = limits
                .iter()
                .flatten()
                .copied()
                .reduce(|a, b| if b.is_longer_than(a) == Some(true) { b } else { a });
            if let Some(longest) = longest.filter(|_| all) {
                let name = shortened(item.name(), 40);
                findings.item("portfolio/package-limit", list, item.id(), i, || {
                    say(
                        format!("“{name}”的时限（{limit}）长于最长的组成事项（{longest}）"),
                        format!("`{name}` takes {limit}, its longest component {longest}"),
                    )
                    .field("limit")
                    .expected(format!("≤ {longest}"))
                    .found(limit.to_string())
                });
            }
        }
    }
}

/// A spot check stands on a power of inspection: by reference, else by a like name.
#[inline]
fn inspections(looks: &Looks<'_>, findings: &mut Findings) {
    let powers: Vec<String> = looks
        .with_references(Kind::Power)
        .flat_map(|list| &list.items)
        .filter(|item| is_of_type(**item, &ItemType::Inspection))
        .map(|item| topic(item.name()))
        .collect();
    if powers.is_empty() || powers.len() > FEW {
        return;
    }
    for list in looks.of(Kind::Inspection) {
        for (i, item) in list.items.iter().enumerate() {
            // A reference that ends nowhere is another rule's.
            if item.get::<List<ItemRef>>("items").is_some() {
                continue;
            }
            let own = topic(item.name());
            if powers.iter().any(|power| {
                power.contains(&own) || own.contains(power.as_str()) || name::similarity(power, &own) >= 0.5
            }) {
                continue;
            }
            findings.item("portfolio/inspection-without-power", list, &list.department(i), i, || {
                say(
                    "抽查事项在权责清单中没有对应的行政检查；名称不同的，请写明对应的权责事项",
                    "spot checks without an inspection in the power list; where it has another name, refer to it",
                )
            });
        }
    }
}

/// What an inspection is about: 对…的检查, …监督检查, …抽查.
#[inline]
fn topic(name: &str) -> String {
    let mut rest: String = name::stem(name);
    if let Some(behind) = rest.strip_prefix('对') {
        rest = behind.to_owned();
    }
    for word in ["行政检查", "监督检查", "执法检查", "检查", "抽查", "监督", "监管", "情况", "经营", "的"]
    {
        while rest.ends_with(word) && rest.chars().count() > word.chars().count() + 1 {
            rest.truncate(rest.len() - word.len());
        }
    }
    rest
}

/// A filing's penalty stands in the power list: by title and article.
#[inline]
fn penalties(looks: &Looks<'_>, findings: &mut Findings) {
    let mut known: HashSet<(String, Option<u16>)> = HashSet::new();
    let mut any = false;
    for list in looks.with_references(Kind::Power) {
        for (i, item) in list.items.iter().enumerate() {
            if !is_of_type(*item, &ItemType::Penalty) {
                continue;
            }
            any = true;
            for (_, citation) in list.citations(i) {
                for cited in &looks.read(citation).cited {
                    let title = short_title(&cited.title);
                    known.extend(cited.locators.iter().map(|place| (title.clone(), place.article)));
                }
            }
        }
    }
    if !any {
        return;
    }
    for list in looks.of(Kind::Filing) {
        for (i, item) in list.items.iter().enumerate() {
            let Some(bases) = item.get::<List<Citation>>("penalty_basis") else { continue };
            let missing = bases.iter().find(|citation| {
                let read = citation.read();
                let mut places = read.cited.iter().flat_map(|cited| {
                    let title = short_title(&cited.title);
                    cited.locators.iter().map(move |place| (title.clone(), place.article))
                });
                let first = places.next();
                first.is_some_and(|first| {
                    !known.contains(&first) && !places.any(|place| known.contains(&place))
                })
            });
            if let Some(citation) = missing {
                let (name, basis) = (shortened(item.name(), 40), shortened(&citation.text, 40));
                findings.item("portfolio/filing-penalty-missing", list, item.id(), i, || {
                    say(
                        format!("“{name}”的处罚依据“{basis}”在权责清单中没有对应的行政处罚"),
                        format!("the power list has no penalty by `{basis}`, which punishes `{name}`"),
                    )
                    .field("penalty_basis")
                });
            }
        }
    }
}

/// Whoever goes without a licence is punished: then there is such a licence, here or at another level.
#[inline]
fn unlicensed(looks: &Looks<'_>, findings: &mut Findings) {
    let licences: Vec<String> = [Kind::Licensing, Kind::LicensingNorm]
        .iter()
        .flat_map(|&kind| looks.with_references(kind))
        .flat_map(|list| &list.items)
        .map(|item| name::stem(item.name()))
        .collect();
    if licences.is_empty() || licences.len() > FEW {
        return;
    }
    for list in looks.of(Kind::Power) {
        for (i, item) in list.items.iter().enumerate() {
            let Some(licence) =
                licence_gone_without(item.name()).filter(|_| is_of_type(*item, &ItemType::Penalty))
            else {
                continue;
            };
            let stem = name::stem(&licence);
            let known = licences.iter().any(|known| {
                known.contains(&stem)
                    || stem.contains(known.as_str())
                    || name::similarity(known, &stem) >= 0.5
            });
            if !known {
                findings.item("portfolio/penalty-without-licence", list, &stem, i, || {
                    say(
                        format!("处罚以未取得“{licence}”为前提，许可清单中没有这项许可；如由其他层级实施，请在备注中说明"),
                        format!("going without `{licence}` is punished, and no list holds that licence; where another level grants it, say so"),
                    )
                });
            }
        }
    }
}

/// The licence that a penalty is for going without: 对未取得食品经营许可从事食品经营活动的处罚.
#[inline]
fn licence_gone_without(name: &str) -> Option<String> {
    let behind = &name[name.find("未取得")? + "未取得".len()..];
    let ends = ["许可证", "许可"].iter().filter_map(|word| behind.find(word).map(|at| at + word.len()));
    let end = ends.min()?;
    let licence = &behind[..end];
    (3..=20).contains(&licence.chars().count()).then(|| licence.to_owned())
}

/// Entrusted items stand in a list of delegations (C12). Most portfolios have none, and say so once; an office's own list
/// is one by its title (委托, 下放, 赋权事项清单).
#[inline]
fn delegations(looks: &Looks<'_>, findings: &mut Findings) {
    let is_one = |list: &&Look<'_>| {
        let title = &list.header.title;
        ["委托", "下放", "赋权"].iter().any(|word| title.contains(word))
    };
    let listed: Vec<&Look<'_>> = looks.with_references(Kind::Custom).filter(is_one).collect();
    for list in &looks.lists {
        for (i, item) in list.items.iter().enumerate() {
            let entrusted = item
                .get::<List<Delegation>>("delegation")
                .is_some_and(|all| all.iter().any(|one| one.way() == Some(DelegationKind::Entrusted)));
            if !entrusted {
                continue;
            }
            if listed.is_empty() {
                findings.item("portfolio/entrusted-unlisted", list, "", i, || {
                    say(
                        "有委托实施的事项，但没有委托清单可供核对",
                        "items are entrusted, and there is no list of delegations to hold them against",
                    )
                    .field("delegation")
                });
                continue;
            }
            let base = crate::name::read(item.name()).base;
            let stem = crate::name::stem(item.name());
            if listed.iter().all(|one| one.by_name(&base).is_empty() && one.by_stem(&stem).is_empty()) {
                findings.item("portfolio/entrusted-not-in-list", list, "", i, || {
                    say(
                        "事项委托实施，但不在委托清单中；请补入委托清单，或更正本清单",
                        "the item is entrusted, and not in the list of delegations; add it there, or mend it here",
                    )
                    .field("delegation")
                });
            }
        }
    }
}
