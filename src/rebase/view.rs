//! Both editions of the upper list as the lower one sees them: what a merge takes as base and as theirs.

use super::Options;
use super::fate::Fate;
use super::order::{Slot, order};
use super::pending::{Pending, UpperChange};
use crate::codes::Pick;
use crate::correspondence::{Bodies, Correspondence, Place, Rows};
use crate::kind::{AnyCatalogue, Recipe};
use crate::lineage::{Lineage, Link, Reason};
use crate::merge::Resolved;
use crate::pairs::Pairs;
use crate::problem::{Message, Problem};
use crate::record::{AnyItem, Field};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Which list a recipe takes from.
pub(super) const LOWER: usize = 0;
pub(super) const OLD: usize = 1;
pub(super) const NEW: usize = 2;

/// What is looked at.
pub(super) struct View<'a> {
    pub(super) lists: [&'a AnyCatalogue; 3],
    pub(super) items: [Vec<&'a dyn AnyItem>; 3],
    pub(super) found: &'a Correspondence,
    pub(super) lineage: &'a Lineage,
    pub(super) bodies: Bodies,
    pub(super) place: Place,
    pub(super) options: &'a Options,
    /// The rows that our references name.
    pub(super) rows: Rows<'a>,
    pub(super) told: Told<'a>,
}

/// What the lists tell at all: a column that the lower list does not have is not filled in, unless it is new to both.
#[derive(Default)]
pub(super) struct Told<'a> {
    /// By place: whether a field is followed.
    pub(super) fields: Vec<bool>,
    /// Extra columns of the lower and of the old upper list.
    pub(super) ours: HashSet<&'a str>,
    pub(super) theirs: HashSet<&'a str>,
    /// Items of the old upper list by id.
    pub(super) old_ids: HashMap<&'a str, usize>,
}

impl<'a> Told<'a> {
    /// Linear.
    #[inline]
    pub(super) fn of(lower: &[&'a dyn AnyItem], old: &[&'a dyn AnyItem], fields: usize) -> Self {
        let told =
            |items: &[&dyn AnyItem], field: usize| items.iter().any(|item| item.value(field).is_some());
        let columns = |items: &[&'a dyn AnyItem]| items.iter().flat_map(|item| headers(*item)).collect();
        let mut old_ids = HashMap::new();
        for (at, item) in old.iter().enumerate() {
            old_ids.entry(item.id()).or_insert(at);
        }
        Self {
            fields: (0..fields).map(|field| told(lower, field) || !told(old, field)).collect(),
            ours: columns(lower),
            theirs: columns(old),
            old_ids,
        }
    }
}

/// What is seen.
pub(super) struct Seen {
    pub(super) base: AnyCatalogue,
    pub(super) theirs: AnyCatalogue,
    pub(super) pairs: Pairs,
    /// Which items of the lower list became which of the proposal, where that is not one that keeps its id.
    pub(super) links: Vec<Link>,
    pub(super) pending: Vec<Pending>,
    /// The upper changes that an item follows, by its keys below and in the proposal.
    pub(super) follows: HashMap<String, Vec<usize>>,
    /// Which of the resolutions decided something that was pending, what they decided, and what is wrong with them.
    pub(super) used: Vec<bool>,
    pub(super) decided: Vec<Resolved>,
    pub(super) problems: Vec<Problem>,
}

/// What became of the items of the old upper list in the new one.
pub(super) struct Became {
    pub(super) next: Vec<Vec<usize>>,
    pub(super) before: Vec<Vec<usize>>,
    /// Whether a person need not confirm it.
    pub(super) certain: HashMap<(usize, usize), bool>,
}

/// An item of the proposal on its way.
pub(super) struct Made {
    pub(super) recipe: Recipe,
    /// The lower item that it carries on.
    pub(super) lower: Option<usize>,
    /// The item of the new upper list that it stands on.
    pub(super) upper: Option<usize>,
    pub(super) pending: Vec<Pending>,
    /// Items of ours that go into it.
    pub(super) joined: Vec<usize>,
    /// The item of ours that it was split off.
    pub(super) split_off: Option<usize>,
}

impl Made {
    /// An item of ours that stays as it is.
    #[inline]
    pub(super) fn as_it_is(recipe: Recipe, below: usize) -> Self {
        Self {
            recipe,
            lower: Some(below),
            upper: None,
            pending: Vec::new(),
            joined: Vec::new(),
            split_off: None,
        }
    }
}

impl<'a> View<'a> {
    #[inline]
    pub(super) fn lower(&self, at: usize) -> &'a dyn AnyItem {
        self.items[LOWER][at]
    }
    #[inline]
    pub(super) fn old(&self, at: usize) -> &'a dyn AnyItem {
        self.items[OLD][at]
    }
    #[inline]
    pub(super) fn upper(&self, at: usize) -> &'a dyn AnyItem {
        self.items[NEW][at]
    }
    #[inline]
    fn became(&self) -> Became {
        let at = [OLD, NEW].map(|list| -> HashMap<String, usize> {
            self.items[list].iter().enumerate().map(|(i, item)| (item.key().into_owned(), i)).collect()
        });
        let mut out = Became {
            next: vec![Vec::new(); self.items[OLD].len()],
            before: vec![Vec::new(); self.items[NEW].len()],
            certain: HashMap::new(),
        };
        let mut named: [HashSet<&str>; 2] = Default::default();
        for link in &self.lineage.links {
            named[0].extend(link.from.iter().map(String::as_str));
            named[1].extend(link.to.iter().map(String::as_str));
            for from in link.from.iter().filter_map(|id| at[0].get(id)) {
                for to in link.to.iter().filter_map(|id| at[1].get(id)) {
                    out.next[*from].push(*to);
                    out.before[*to].push(*from);
                    out.certain.insert((*from, *to), link.certain);
                }
            }
        }
        let parted: HashSet<&str> = self.lineage.parted.iter().map(String::as_str).collect();
        for (key, from) in &at[0] {
            let key = key.as_str();
            if !named[0].contains(key)
                && !named[1].contains(key)
                && !parted.contains(key)
                && let Some(to) = at[1].get(key)
            {
                out.next[*from].push(*to);
                out.before[*to].push(*from);
                out.certain.insert((*from, *to), true);
            }
        }
        out
    }

    #[inline]
    pub(super) fn seen(&self, changes: &[UpperChange]) -> Seen {
        let became = self.became();
        let mut base: Vec<Recipe> = Vec::new();
        let mut made: Vec<Made> = Vec::new();
        let into = self.taken(&became);
        for below in 0..self.items[LOWER].len() {
            let uppers = self.found.uppers_of(below);
            let plain = Recipe { from: Some((LOWER, below)), ..Recipe::default() };
            if uppers.is_empty() {
                base.push(plain.clone());
                made.push(Made::as_it_is(plain, below));
                continue;
            }
            match into.get(&below) {
                Some(Fate::Follows { upper, new, others }) => {
                    let (was, is) = self.follow(below, *upper, *new, others, &became);
                    base.push(was);
                    made.push(is);
                }
                Some(Fate::Joined { with }) => {
                    // It goes into another item of ours; what only it says is a person's to keep.
                    let differing = self.differing(*with, below);
                    base.push(plain);
                    let cells =
                        |field: &Field| [*with, below].map(|at| self.lower(at).text(field.name).into_owned());
                    if let Some(into) = made.iter_mut().find(|item| item.lower == Some(*with)) {
                        into.joined.push(below);
                        into.pending.extend(differing.into_iter().map(|field| Pending {
                            item: self.lower(*with).key().into_owned(),
                            field: field.name.to_owned(),
                            why: Message::new(
                                format!("上级合并的各项，本级的“{}”不同", field.title()),
                                format!("the upper list merged items whose `{}` differs here", field.title()),
                            ),
                            proposals: cells(field).into(),
                        }));
                    }
                }
                Some(Fate::Gone { upper, left }) => {
                    let own = self.own_bases(below, &uppers);
                    let mut was = plain.clone();
                    if own.is_empty() {
                        // What the lower list changed of its own is recorded when it goes.
                        was.fields =
                            self.changed_of_its_own(below, *upper).map(|at| (at, (OLD, *upper))).collect();
                    } else {
                        let bases = own.join("》《");
                        let mut stays = Made::as_it_is(plain, below);
                        stays.pending.push(Pending {
                            item: self.lower(below).key().into_owned(),
                            field: String::new(),
                            why: Message::new(
                                format!("{}，本级另有依据《{bases}》：取消或保留由人定", left.zh),
                                format!("{}; a basis of its own stands behind it here, 《{bases}》: keep or remove", left.en),
                            ),
                            proposals: vec!["remove".to_owned(), "keep".to_owned()],
                        });
                        made.push(stays);
                    }
                    base.push(was);
                }
                None => {
                    base.push(plain.clone());
                    made.push(Made::as_it_is(plain, below));
                }
            }
        }
        let new = self.additions(&became, &mut made);
        made.extend(new);
        self.put_together(&base, made, changes, &became)
    }
    /// What people decided of what is pending: the recipe says so, and nothing is pending there any more.
    #[inline]
    fn decided(&self, made: &mut Vec<Made>) -> Answers {
        let rows = &self.options.resolutions;
        let mut answers = Answers { used: vec![false; rows.len()], ..Answers::default() };
        if rows.is_empty() {
            return answers;
        }
        let fields = self.lists[LOWER].kind().fields();
        made.retain_mut(|item| {
            let below = item.lower.map(|below| self.lower(below).key().into_owned());
            let mut stays = true;
            let recipe = &mut item.recipe;
            let id = recipe.id.clone();
            item.pending.retain(|pending| {
                let Some(at) =
                    rows.iter().position(|row| pending.is_of(row, [below.as_deref(), id.as_deref()]))
                else {
                    return true;
                };
                let value = match rows[at].choice {
                    Some(Pick::Ours | Pick::Base) => None,
                    Some(Pick::Theirs) => pending.proposals.first().cloned(),
                    // A row that nobody filled in decides nothing.
                    Some(Pick::Value) if rows[at].value.trim().is_empty() => return true,
                    Some(Pick::Value) => Some(rows[at].value.to_string()),
                    _ => return true,
                };
                for (other, row) in rows.iter().enumerate().filter(|(other, row)| {
                    *other != at && pending.is_of(row, [below.as_deref(), id.as_deref()])
                }) {
                    answers.used[other] = true;
                    if (&row.choice, &row.value) != (&rows[at].choice, &rows[at].value) {
                        answers.problems.push(contradiction(pending));
                    }
                }
                answers.used[at] = true;
                answers.decided.push(pending.resolved(&rows[at], value.as_deref()));
                match (value, fields.iter().position(|field| field.name == pending.field)) {
                    (Some(id), Some(_)) if pending.field == "id" => recipe.id = Some(id),
                    (Some(cell), Some(field)) => {
                        recipe.fields.retain(|(at, _)| *at != field);
                        recipe.cells.retain(|(at, _)| *at != field);
                        recipe.cells.push((field, cell));
                    }
                    (Some(word), None) if word.trim() == "remove" => stays = false,
                    _ => {}
                }
                false
            });
            stays
        });
        answers
    }
    /// The places of items in the order of the proposal.
    #[inline]
    fn ordered(&self, made: &[Made]) -> Vec<usize> {
        let slots: Vec<Slot> =
            made.iter().map(|item| Slot { lower: item.lower, upper: item.upper }).collect();
        let above: Vec<usize> = (0..self.items[LOWER].len())
            .filter_map(|below| self.found.uppers_of(below).first().copied())
            .collect();
        order(&slots, above.is_sorted())
    }
    #[inline]
    fn put_together(
        &self,
        base: &[Recipe],
        mut made: Vec<Made>,
        changes: &[UpperChange],
        became: &Became,
    ) -> Seen {
        let Answers { used, decided, problems } = self.decided(&mut made);
        let [lower, ..] = self.lists;
        let (kind, header) = (lower.kind(), lower.header().clone());
        let (base, _) = AnyCatalogue::assembled(&self.lists, kind, header.clone(), base);
        let order = self.ordered(&made);
        let recipes: Vec<Recipe> = order.iter().map(|at| std::mem::take(&mut made[*at].recipe)).collect();
        let (theirs, keys) = AnyCatalogue::assembled(&self.lists, kind, header, &recipes);
        let of_change = Changes::of(changes);
        let (mut pairs, mut pending) = (Pairs::none(), Vec::new());
        let mut follows: HashMap<String, Vec<usize>> = HashMap::new();
        let mut here: HashMap<String, String> = HashMap::new();
        let (mut links, mut parts): (BTreeMap<usize, Link>, Vec<(usize, String)>) = Default::default();
        for (at, key) in order.into_iter().zip(keys) {
            let item = &mut made[at];
            let before = item.lower.map(|below| self.lower(below).key().into_owned());
            let key = key.or_else(|| before.clone()).unwrap_or_default();
            if let Some(before) = &before {
                if *before != key {
                    // Where the key is another item's the merge says so (same-id).
                    let _ = pairs.at("items").link(before, &key);
                }
                here.insert(before.clone(), key.clone());
            }
            if let (Some(before), Some(below)) = (&before, item.lower) {
                let mut link = Link::new(before, &key, Reason::Linked);
                link.from.extend(item.joined.iter().map(|at| self.lower(*at).key().into_owned()));
                if *before != key || link.from.len() > 1 {
                    links.insert(below, link);
                }
            }
            if let Some(of) = item.split_off {
                parts.push((of, key.clone()));
            }
            let mut because: Vec<usize> = Vec::new();
            if let Some(upper) = item.upper {
                because.extend(of_change.to.get(&*self.upper(upper).key()).into_iter().flatten());
                for old in &became.before[upper] {
                    because.extend(of_change.from.get(&*self.old(*old).key()).into_iter().flatten());
                }
            }
            if let Some(below) = item.lower {
                for old in self.found.uppers_of(below) {
                    because.extend(of_change.from.get(&*self.old(old).key()).into_iter().flatten());
                }
            }
            for name in before.iter().chain([&key]) {
                follows.entry(name.clone()).or_default().extend(&because);
            }
            for row in item.pending.drain(..) {
                pending.push(Pending { item: key.clone(), ..row });
            }
        }
        for below in 0..self.items[LOWER].len() {
            let key = self.lower(below).key().into_owned();
            if !here.contains_key(&key) {
                let uppers = self.found.uppers_of(below);
                let because =
                    uppers.iter().filter_map(|old| of_change.from.get(&*self.old(*old).key())).flatten();
                follows.entry(key).or_default().extend(because);
            }
        }
        for (of, part) in parts {
            let before = self.lower(of).key().into_owned();
            let Some(key) = here.get(&before) else { continue };
            let link = links.entry(of).or_insert_with(|| Link::new(&before, key, Reason::Linked));
            // What was joined and split at once is told as joined.
            if link.from.len() == 1 {
                link.to.push(part);
            }
        }
        let links = links.into_values().collect();
        Seen { base, theirs, pairs, links, pending, follows, used, decided, problems }
    }
}

/// What resolutions say of what is pending.
#[derive(Default)]
struct Answers {
    used: Vec<bool>,
    decided: Vec<Resolved>,
    problems: Vec<Problem>,
}

#[inline]
fn contradiction(pending: &Pending) -> Problem {
    let place = format!("{} {}", pending.item, pending.field);
    let place = place.trim();
    let message = Message::new(
        format!("“{place}”有不同的决定；请留一条"),
        format!("`{place}` is decided in different ways; keep one row"),
    );
    Problem::error("resolutions/contradiction", message)
}

/// Changes by the ids that they are about.
#[derive(Default)]
struct Changes<'a> {
    from: HashMap<&'a str, Vec<usize>>,
    to: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Changes<'a> {
    #[inline]
    fn of(changes: &'a [UpperChange]) -> Self {
        let mut out = Self::default();
        for (at, change) in changes.iter().enumerate() {
            for id in &change.from {
                out.from.entry(id).or_default().push(at);
            }
            for id in &change.to {
                out.to.entry(id).or_default().push(at);
            }
        }
        out
    }
}

/// Whether a field is content that a lower list follows: not what tells rows apart, where they stand, or whom to ask.
#[inline]
pub(super) fn is_followed(field: &Field) -> bool {
    let own = ["parent", "upper_refs", "part"];
    !field.marks.position && !field.marks.apart && !is_key(field) && !own.contains(&field.name)
}

/// Whether a field is part of what tells rows apart, or holds columns.
#[inline]
pub(super) fn is_key(field: &Field) -> bool {
    ["id", "derived", "occurrence", "extra"].contains(&field.name)
}

/// The headers of an item's extra columns.
#[inline]
pub(super) fn headers(item: &dyn AnyItem) -> impl Iterator<Item = &str> {
    item.extra().into_iter().flat_map(|extra| extra.iter().map(|(header, _)| header))
}
