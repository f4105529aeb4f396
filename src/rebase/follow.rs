//! One item of the lower list beside its upper item, field by field.

use super::pending::Pending;
use super::view::{Became, LOWER, Made, NEW, OLD, View, headers, is_followed, is_key};
use crate::correspondence::bodies;
use crate::keyed::List;
use crate::kind::Recipe;
use crate::name;
use crate::problem::Message;
use crate::record::{AnyItem, Field, full_name};
use crate::term::{Material, TimeLimit, UpperRef};
use crate::text::normal;
use crate::value::Value;
use std::collections::BTreeSet;

/// A body that so many of the common items show is proposed without asking.
pub(super) const SURE: f64 = 0.9;
impl View<'_> {
    /// The base and theirs of a lower item whose upper item goes on.
    #[inline]
    pub(super) fn follow(
        &self,
        below: usize,
        upper: usize,
        new: usize,
        others: &[usize],
        became: &Became,
    ) -> (Recipe, Made) {
        let (l, u, n) = (self.lower(below), self.old(upper), self.upper(new));
        let mut was = Recipe { from: Some((LOWER, below)), ..Recipe::default() };
        let mut is = was.clone();
        is.derive = true;
        let mut pending: Vec<Pending> = Vec::new();
        let key = l.key().into_owned();
        let mut ask = |field: &str, why: Message, proposals: Vec<String>| {
            pending.push(Pending { item: key.clone(), field: field.to_owned(), why, proposals });
        };
        let mut changed = false;
        for (at, field) in l.fields().iter().enumerate() {
            if is_key(field) {
                continue;
            }
            let [ours, before, after] = [l, u, n].map(|item| item.text(field.name));
            // References of ours are to the upper list's rows, unless they are the very ones that it has itself.
            if field.name == "upper_refs" && ours != before {
                if let Some(cell) = self.renumbered(below, upper, new, became) {
                    is.cells.push((at, cell));
                }
                continue;
            }
            if before == after {
                continue;
            }
            if !is_followed(field) {
                // Where it stands and what it belongs to is the lower list's own, unless it is the upper list's to the letter.
                if ours == before {
                    is.fields.push((at, (NEW, new)));
                }
                continue;
            }
            if normal(&before) == normal(&after) {
                // A new spelling is taken over where ours is a spelling of the same.
                if normal(&ours) == normal(&before) {
                    is.fields.push((at, (NEW, new)));
                }
                continue;
            }
            if normal(&ours) == normal(&after) {
                // Ours has it already.
                if ours != after {
                    is.fields.push((at, (NEW, new)));
                }
            } else if !others.is_empty() && self.is_told(at) {
                // What one of several upper items says is not all that ours says.
                changed = true;
                let title = field.title();
                ask(
                    field.name,
                    Message::new(
                        format!("本级一项对应上级多项，其中“{}”的{title}已变", full_name(n)),
                        format!("it stands for several upper items; `{}` changed in {title}", full_name(n)),
                    ),
                    vec![after.clone().into_owned(), ours.clone().into_owned()],
                );
            } else if field.name == "levels" && self.is_told(at) && normal(&ours) != normal(&before) {
                changed = true;
                let title = field.title();
                ask(
                    field.name,
                    Message::new(
                        format!("上级的{title}由“{before}”调整为“{after}”，本级为“{ours}”，请确认"),
                        format!("{title} changed from `{before}` to `{after}` above, and is `{ours}` here"),
                    ),
                    vec![ours.clone().into_owned(), after.clone().into_owned()],
                );
            } else if bodies::FIELDS.contains(&field.name) {
                changed = true;
                self.follow_bodies(field, [below, upper, new], &mut is, at, &mut ask);
            } else if matches!(field.name, "name" | "sub_item") {
                let bases = [&ours, &before, &after].map(|text| name::read(text).base);
                if ours == before {
                    changed = true;
                    is.fields.push((at, (NEW, new)));
                } else if bases[1] != bases[2] {
                    // Words of scope of the upper list are its own; those that we write stay.
                    changed = true;
                    let ((start, _, end), (_, core, _)) = (name::cut(&ours), name::cut(&after));
                    // Of several rows of one upper item each has its own bracket behind the name.
                    let own = own_bracket(&ours, &bases[1]).unwrap_or_default();
                    let end = if own.is_empty() { end } else { own };
                    if bases[0] != bases[1] && own.is_empty() {
                        was.fields.push((at, (OLD, upper)));
                    }
                    is.cells.push((at, format!("{start}{core}{end}")));
                }
            } else if self.is_told(at) && names_others(l, u, field.name) {
                // One list has in one entry what the other has in several: joined they would be there twice.
                changed = true;
                let title = field.title();
                ask(
                    field.name,
                    Message::new(
                        format!("上级的{title}由“{before}”调整为“{after}”，本级写法不同，请确认"),
                        format!(
                            "{title} changed from `{before}` to `{after}` above, and ours is written otherwise"
                        ),
                    ),
                    vec![after.clone().into_owned(), ours.clone().into_owned()],
                );
            } else if self.is_told(at) {
                changed = true;
                if normal(&ours) != normal(&before) {
                    was.fields.push((at, (OLD, upper)));
                }
                is.fields.push((at, (NEW, new)));
            }
        }
        if let Some((promised, legal)) = promise_too_long([l, u, n]) {
            ask(
                "promised_limit",
                Message::new(
                    format!("上级的法定办结时限已缩短为{legal}，本级承诺为{promised}，请确认"),
                    format!("the statutory limit is {legal} by now, the promise here {promised}"),
                ),
                vec![legal.to_string()],
            );
        }
        let headers: BTreeSet<&str> = [l, u, n].into_iter().flat_map(headers).collect();
        for header in headers {
            let [ours, before, after] = [l, u, n]
                .map(|item| item.extra().and_then(|extra| extra.get(header)).map(ToString::to_string));
            let form = |text: &Option<String>| text.as_deref().map(normal).unwrap_or_default().into_owned();
            if before == after || !self.has_column(header) {
                continue;
            }
            if form(&before) != form(&after) {
                changed = true;
                if form(&ours) != form(&before) {
                    was.extra.push((header.to_owned(), before));
                }
                is.extra.push((header.to_owned(), after));
            } else if form(&ours) == form(&before) {
                is.extra.push((header.to_owned(), after));
            }
        }
        if !l.is_derived() && !n.is_derived() && u.id() != n.id() {
            changed = true;
            if l.id() == u.id() {
                is.id = Some(n.id().to_owned());
            } else {
                ask(
                    "id",
                    Message::new(
                        format!("上级编码由{}改为{}", u.id(), n.id()),
                        format!("the upper code changed from {} to {}", u.id(), n.id()),
                    ),
                    vec![n.id().to_owned()],
                );
            }
        }
        let certain = became.certain.get(&(upper, new)) != Some(&false)
            && self.found.link(upper, below).is_none_or(|link| link.certain);
        if changed && !certain {
            ask(
                "",
                Message::new(
                    format!(
                        "对应未经确认：本级“{}”，上级“{}”→“{}”",
                        full_name(l),
                        full_name(u),
                        full_name(n)
                    ),
                    format!(
                        "not confirmed that `{}` here is `{}` above, now `{}`",
                        full_name(l),
                        full_name(u),
                        full_name(n)
                    ),
                ),
                vec![n.key().into_owned()],
            );
        }
        for other in others {
            let (old, next) = (self.old(*other), &became.next[*other]);
            if next.is_empty() {
                ask(
                    "",
                    Message::new(
                        format!("本级一项对应上级多项，其中“{}”已取消", full_name(old)),
                        format!(
                            "it stands for several upper items, of which `{}` was cancelled",
                            full_name(old)
                        ),
                    ),
                    vec!["keep".to_owned(), "remove".to_owned()],
                );
            } else if let Some(other) = next.first().filter(|next| **next != new) {
                other_changes(old, self.upper(*other), &mut ask);
            }
        }
        (was, Made { upper: Some(new), pending, ..Made::as_it_is(is, below) })
    }
    /// Our references to rows of the upper list, where these have other numbers or codes by now.
    #[inline]
    fn renumbered(&self, below: usize, upper: usize, new: usize, became: &Became) -> Option<String> {
        let refs = self.lower(below).get::<List<UpperRef>>("upper_refs")?;
        let goes_on = |old: usize| if old == upper { Some(new) } else { became.next[old].first().copied() };
        let uppers = self.found.uppers_of(below);
        let anew = refs.iter().map(|one| self.rows.renumbered(one, &uppers, &goes_on));
        let anew: List<UpperRef> = List::of(anew).ok()?;
        (anew != *refs).then(|| anew.to_cell().into_owned())
    }
    /// Bodies are made concrete: ours for the new one as the other items show it.
    #[inline]
    pub(super) fn follow_bodies(
        &self,
        field: &'static Field,
        [below, upper, new]: [usize; 3],
        is: &mut Recipe,
        at: usize,
        ask: &mut dyn FnMut(&str, Message, Vec<String>),
    ) {
        let (l, u, n) = (self.lower(below), self.old(upper), self.upper(new));
        let (aliases, day) = (&self.options.aliases, self.options.day);
        let canonical = |item: &dyn AnyItem| bodies::canonical(item, field.name, aliases, day);
        let registered = bodies::registered(l, field.name, aliases, day);
        if let Some(text) = &registered
            && bodies::are_for_the_same(text, &n.text(field.name))
        {
            // The register of names says what ours is called since the reform.
            is.cells.push((at, text.clone()));
            return;
        }
        if canonical(u) == canonical(n) {
            return;
        }
        if canonical(l) == canonical(u) {
            is.fields.push((at, (NEW, new)));
            return;
        }
        if !self.is_told(at) {
            return;
        }
        let name = bodies::FIELDS.iter().find(|name| **name == field.name).copied().unwrap_or_default();
        let likely = self.bodies.likely(name, n, aliases, day);
        let ours = l.text(field.name).into_owned();
        if let Some(likely) = &likely
            && likely.share() >= SURE
        {
            if normal(&likely.text) != normal(&ours) {
                is.cells.push((at, likely.text.clone()));
            }
            return;
        }
        let (before, after) = (u.text(field.name), n.text(field.name));
        let found = bodies::may_be(n, field.name, &self.items[LOWER], &self.place).map(str::to_owned);
        let proposals = each_once(
            [
                bodies::kept(&after, &ours),
                registered,
                likely.map(|likely| likely.text),
                bodies::by_change(&before, &after, &ours),
                found,
                Some(ours),
            ]
            .into_iter()
            .flatten(),
        );
        ask(
            field.name,
            Message::new(
                format!("上级的{}由“{before}”调整为“{after}”，本级应为何机关，请确认", field.title()),
                format!(
                    "{} changed from `{before}` to `{after}` above: which body is it here",
                    field.title()
                ),
            ),
            proposals,
        );
    }
    /// Whether the lower list tells a field at all: a column that it does not have is not filled in.
    #[inline]
    pub(super) fn is_told(&self, field: usize) -> bool {
        self.told.fields.get(field).copied().unwrap_or_default()
    }
    /// The same for an extra column.
    #[inline]
    pub(super) fn has_column(&self, header: &str) -> bool {
        self.told.ours.contains(header) || !self.told.theirs.contains(header)
    }
}

pub(super) fn each_once(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in texts {
        if !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

/// What changed in another upper item that ours stands for as well.
#[inline]
fn other_changes(old: &dyn AnyItem, new: &dyn AnyItem, ask: &mut dyn FnMut(&str, Message, Vec<String>)) {
    for field in old.fields().iter().filter(|field| is_followed(field)) {
        let (before, after) = (old.text(field.name), new.text(field.name));
        if normal(&before) != normal(&after) {
            let title = field.title();
            ask(
                field.name,
                Message::new(
                    format!("本级一项对应上级多项，其中“{}”的{title}已变", full_name(new)),
                    format!("it stands for several upper items; `{}` changed in {title}", full_name(new)),
                ),
                vec![after.into_owned()],
            );
        }
    }
}

/// A promise of ours that was short enough, and is longer than the law allows by now: nobody may promise that (行政许可法
/// 42, 43). What the upper list promises anew is taken where it is shorter.
#[inline]
fn promise_too_long(items: [&dyn AnyItem; 3]) -> Option<(TimeLimit, TimeLimit)> {
    let limit = |item: &dyn AnyItem, field| item.get::<Option<TimeLimit>>(field).cloned().flatten();
    let [ours, before, after] = items.map(|item| limit(item, "promised_limit"));
    let [_, was, legal] = items.map(|item| limit(item, "statutory_limit"));
    let (ours, legal) = (ours?, legal?);
    if was.as_ref() == Some(&legal) || ours.is_longer_than(&legal) != Some(true) {
        return None;
    }
    let shortened = before != after && after.is_some_and(|after| after.is_longer_than(&legal) == Some(false));
    (!shortened).then_some((ours, legal))
}

/// Whether both lists name materials, and none alike.
#[inline]
fn names_others(ours: &dyn AnyItem, before: &dyn AnyItem, field: &str) -> bool {
    let names = |item: &dyn AnyItem| -> Option<BTreeSet<String>> {
        let materials = item.get::<List<Material>>(field)?.iter();
        Some(materials.map(|one| normal(one.reading().name).into_owned()).collect())
    };
    match (names(ours), names(before)) {
        (Some(ours), Some(before)) => !ours.is_empty() && !before.is_empty() && ours.is_disjoint(&before),
        _ => false,
    }
}

/// The bracket behind a name that begins as the upper one does: `（公立）` of 医疗机构设置审批（公立）.
#[inline]
fn own_bracket<'n>(ours: &'n str, base: &str) -> Option<&'n str> {
    let at = ours.find(['(', '（'])?;
    (name::read(&ours[..at]).base == base).then(|| &ours[at..])
}
