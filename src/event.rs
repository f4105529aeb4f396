//! Events: one fact that changes many items in one way.
//!
//! Most changes of a year come in events: an organ is renamed, an act is amended, a campaign shortens limits, a typist
//! changes brackets. An event is one fact, and explains the single changes that it names.

use crate::adjustment::{Adjustment, FieldChange, PartChange};
use crate::citation::{self, Cited};
use crate::codes::{AdjustmentKind, EventKind};
use crate::diff::Differences;
use crate::name::without_articles;
use crate::organ;
use crate::record::{AnyItem, Field};
use crate::sorting::Sorting as _;
use crate::term::TimeLimit;
use crate::text::normal;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// From so many items on, equal changes are one event.
const LEAST: usize = 3;
/// From so many items of one department on, shorter limits are a campaign.
const CAMPAIGN: usize = 5;

/// One fact that changed many items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "event", deny_unknown_fields)]
#[non_exhaustive]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// What was before: an organ, an act, places in an act, a department, a spelling. Several with `；` between them.
    pub from: String,
    /// What is there now.
    pub to: String,
    /// The adjustments that it explains, in whole or in part: their places in the list of adjustments.
    pub adjustments: Vec<usize>,
    /// How many items it changed; more than adjustments where it changed items in spelling alone.
    pub items: usize,
}

impl Differences {
    /// The events behind the adjustments, those that explain most first. About linear.
    /// `standing`: the [`bodies`] of either edition.
    pub(crate) fn find_events(&mut self, standing: &dyn Fn() -> [Bodies; 2]) {
        let adjustments = &self.adjustments;
        let mut events = organs(adjustments, self.fields, standing);
        events.extend(acts(adjustments, self.fields));
        events.extend(limits(adjustments));
        events.extend(decisions(adjustments));
        events.extend(spellings(&self.cosmetic));
        events.order_by(|a, b| b.items.cmp(&a.items).then(a.kind.cmp(&b.kind)).then(a.from.cmp(&b.from)));
        self.events = events;
    }
}

fn event(kind: EventKind, from: impl Into<String>, to: impl Into<String>, places: &BTreeSet<usize>) -> Event {
    Event {
        kind,
        from: from.into(),
        to: to.into(),
        adjustments: places.iter().copied().collect(),
        items: places.len(),
    }
}

/// The changes of fields that are a kind of adjustment, with the adjustment's place.
fn changes<'a>(
    adjustments: &'a [Adjustment],
    fields: &'static [Field],
    kind: &'a AdjustmentKind,
) -> impl Iterator<Item = (usize, &'a FieldChange)> {
    let adjusts = move |change: &FieldChange| {
        let field = fields.iter().find(|f| f.name == change.field);
        field.is_some_and(|f| f.adjusts.as_ref() == Some(kind))
    };
    let stays = |a: &Adjustment| !a.from.is_empty() && !a.to.is_empty();
    adjustments.iter().enumerate().filter(move |(_, a)| stays(a)).flat_map(move |(at, a)| {
        a.changes
            .iter()
            .filter(move |change| !change.is_cosmetic() && adjusts(change))
            .map(move |change| (at, change))
    })
}

/// What went out of a cell and what came in.
fn exchanged(change: &FieldChange) -> (Vec<String>, Vec<String>) {
    let cut =
        |cell: &str| -> Vec<String> { organ::cut(cell).into_iter().map(|t| t.trim().to_owned()).collect() };
    let (before, after) = (cut(&change.before), cut(&change.after));
    let without = |one: &[String], other: &[String]| -> Vec<String> {
        let forms: BTreeSet<String> = other.iter().map(|t| normal(t).into_owned()).collect();
        one.iter().filter(|t| !t.is_empty() && !forms.contains(&*normal(t))).cloned().collect()
    };
    (without(&before, &after), without(&after, &before))
}

/// The bodies of a list, in normal form, of all fields whose change is one of bodies, with how many items each has.
pub(crate) fn bodies<'a>(items: impl Iterator<Item = &'a dyn AnyItem>) -> Bodies {
    let mut found = Bodies::new();
    for item in items {
        let mut of_item = HashSet::new();
        for field in item.fields().iter().filter(|f| f.adjusts == Some(AdjustmentKind::AuthorityChanged)) {
            let cell = item.text(field.name);
            of_item.extend(organ::cut(&cell).into_iter().map(|body| normal(body).into_owned()));
        }
        for body in of_item {
            *found.entry(body).or_default() += 1;
        }
    }
    found
}

/// Bodies, with how many items each has.
pub(crate) type Bodies = HashMap<String, usize>;

/// Of all items that a body had four of five must have gone to another one, or it is not that one under another name; and so
/// many of those that the other one has now, or it stood before. (A row is forgotten in many a renaming.)
///
/// Organs that were renamed, split or merged, and what went from one to another: for many items one body stands where another
/// stood. A body that stands in the other edition too was neither renamed, split nor merged. `standing` tells the bodies of
/// each edition, and is asked only where it matters.
fn organs(
    adjustments: &[Adjustment],
    fields: &'static [Field],
    standing: &dyn Fn() -> [Bodies; 2],
) -> Vec<Event> {
    let mut moved: BTreeMap<(String, String), BTreeSet<usize>> = BTreeMap::new();
    for (at, change) in changes(adjustments, fields, &AdjustmentKind::AuthorityChanged) {
        let (went, came) = exchanged(change);
        if let ([from], [to]) = (&went[..], &came[..]) {
            moved.entry((from.clone(), to.clone())).or_default().insert(at);
        }
    }
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for ((from, _), places) in &moved {
        *left.entry(from.clone()).or_default() += places.len();
    }
    moved.retain(|_, places| places.len() >= LEAST);
    if moved.is_empty() {
        return Vec::new();
    }
    let [before, after] = standing();
    let count = |bodies: &Bodies, body: &str| bodies.get(&*normal(body)).copied().unwrap_or_default();
    // Four of five.
    let is_most = |part: usize, more: usize| 5 * part >= 4 * (part + more);
    let mut came: BTreeMap<String, usize> = BTreeMap::new();
    for ((_, to), places) in &moved {
        *came.entry(to.clone()).or_default() += places.len();
    }
    // What went between two bodies of which one stands in both editions.
    let mut events = Vec::new();
    moved.retain(|(from, to), places| {
        let stays = !is_most(left[from], count(&after, from)) || !is_most(came[to], count(&before, to));
        if stays {
            events.push(event(EventKind::FunctionsMoved, from, to, places));
        }
        !stays
    });
    let mut out_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut into: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in moved.keys() {
        out_of.entry(from).or_default().push(to);
        into.entry(to).or_default().push(from);
    }
    let places = |pairs: &mut dyn Iterator<Item = (&str, &str)>| -> BTreeSet<usize> {
        pairs.filter_map(|(a, b)| moved.get(&(a.to_owned(), b.to_owned()))).flatten().copied().collect()
    };
    for ((from, to), of_pair) in &moved {
        let (tos, froms) = (&out_of[from.as_str()], &into[to.as_str()]);
        if tos.len() > 1 {
            if tos.first() == Some(&to.as_str()) {
                let all = places(&mut tos.iter().map(|to| (from.as_str(), *to)));
                events.push(event(EventKind::OrganSplit, from, tos.join("；"), &all));
            }
        } else if froms.len() > 1 {
            if froms.first() == Some(&from.as_str()) {
                let all = places(&mut froms.iter().map(|from| (*from, to.as_str())));
                events.push(event(EventKind::OrganMerged, froms.join("；"), to, &all));
            }
        } else {
            let kind = if is_most(of_pair.len(), left[from] - of_pair.len()) {
                EventKind::OrganRenamed
            } else {
                EventKind::FunctionsMoved
            };
            events.push(event(kind, from, to, of_pair));
        }
    }
    events
}

/// Items of an amended act, with its editions before and after.
type Amended = (BTreeSet<usize>, [String; 2]);
/// Items of a renumbered act, with the places before and after and how often each move was made.
type Renumbered = (BTreeSet<usize>, BTreeMap<[String; 2], usize>);
/// Items whose limits became shorter, with the ratios.
type Shorter = (BTreeSet<usize>, Vec<f64>);

/// An act as one side of a change cites it.
struct ActChange {
    title: String,
    /// History and number before and after.
    editions: [String; 2],
    /// Places before and after.
    places: [String; 2],
}

fn head(part: Option<&str>) -> Option<Cited> {
    citation::bases(part?).cited.into_iter().next()
}

/// A legal basis that is the same act before and after.
fn same_act(part: &PartChange) -> Option<ActChange> {
    let (before, after) = (head(part.before.as_deref())?, head(part.after.as_deref())?);
    if before.title.is_empty() || !citation::same_title(&before.title, &after.title) {
        return None;
    }
    let edition = |cited: &Cited| {
        let number = cited.number.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{}{number}", cited.history.as_deref().unwrap_or_default())
    };
    let places = |cited: &Cited| {
        let places: Vec<String> = cited.locators.iter().map(ToString::to_string).collect();
        places.join("、")
    };
    Some(ActChange {
        title: after.title.clone(),
        editions: [edition(&before), edition(&after)],
        places: [places(&before), places(&after)],
    })
}

/// Acts that were amended, renumbered or replaced: for many items at once.
fn acts(adjustments: &[Adjustment], fields: &'static [Field]) -> Vec<Event> {
    let mut amended: BTreeMap<String, Amended> = BTreeMap::new();
    let mut renumbered: BTreeMap<String, Renumbered> = BTreeMap::new();
    let mut replaced: BTreeMap<(String, String), BTreeSet<usize>> = BTreeMap::new();
    for (at, change) in changes(adjustments, fields, &AdjustmentKind::BasisChanged) {
        let (mut went, mut came) = (Vec::new(), Vec::new());
        for part in change.parts.iter().filter(|part| !part.cosmetic) {
            match (&part.before, &part.after) {
                (Some(_), Some(_)) => {
                    if let Some(act) = same_act(part) {
                        note(at, act, &mut amended, &mut renumbered);
                    }
                }
                (Some(before), None) => went.extend(head(Some(before))),
                (None, Some(after)) => came.extend(head(Some(after))),
                (None, None) => {}
            }
        }
        if let ([from], [to]) = (&went[..], &came[..])
            && !from.title.is_empty()
            && !to.title.is_empty()
        {
            replaced.entry((from.title.clone(), to.title.clone())).or_default().insert(at);
        }
    }
    let mut events = Vec::new();
    for (title, (places, [before, after])) in amended {
        if places.len() >= LEAST {
            let named = |edition: &str| format!("《{title}》{edition}");
            events.push(event(EventKind::ActAmended, named(&before), named(&after), &places));
        }
    }
    for (title, (mut places, moves)) in renumbered {
        if places.len() < LEAST {
            continue;
        }
        // Names that cite articles change with them.
        for (at, a) in adjustments.iter().enumerate() {
            if a.name_before != a.name_after
                && without_articles(&a.name_before) == without_articles(&a.name_after)
            {
                places.insert(at);
            }
        }
        let side =
            |side: usize| moves.keys().map(|m| m[side].as_str()).take(5).collect::<Vec<_>>().join("；");
        events.push(event(
            EventKind::ArticlesRenumbered,
            format!("《{title}》{}", side(0)),
            format!("《{title}》{}", side(1)),
            &places,
        ));
    }
    for ((from, to), places) in replaced {
        if places.len() >= LEAST {
            events.push(event(EventKind::ActReplaced, format!("《{from}》"), format!("《{to}》"), &places));
        }
    }
    events
}

fn note(
    at: usize,
    act: ActChange,
    amended: &mut BTreeMap<String, Amended>,
    renumbered: &mut BTreeMap<String, Renumbered>,
) {
    if normal(&act.editions[0]) != normal(&act.editions[1]) {
        let of = amended.entry(act.title.clone()).or_insert_with(|| (BTreeSet::new(), act.editions.clone()));
        of.0.insert(at);
    }
    if act.places[0] != act.places[1] {
        let of = renumbered.entry(act.title).or_default();
        of.0.insert(at);
        *of.1.entry(act.places).or_default() += 1;
    }
}

/// What a limit became of what it was, where both are amounts of one unit and it became less: 15个工作日 of 20个工作日 is 0.75.
fn shortened(before: &str, after: &str) -> Option<f64> {
    let [before, after] = [before, after].map(|cell| cell.parse::<TimeLimit>().ok());
    let (before, after) = (before?, after?);
    let ratio = f64::from(after.amount?) / f64::from(before.amount?);
    (before.is_longer_than(&after) == Some(true)).then_some(ratio)
}

/// Limits that became shorter for many items of a department.
fn limits(adjustments: &[Adjustment]) -> Vec<Event> {
    let mut shorter: BTreeMap<(&str, &str), Shorter> = BTreeMap::new();
    for (at, a) in adjustments.iter().enumerate() {
        for change in a.changes.iter().filter(|c| c.field.contains("limit")) {
            if let Some(ratio) = shortened(&change.before, &change.after) {
                let of = shorter.entry((&a.department, &change.title)).or_default();
                of.0.insert(at);
                of.1.push(ratio);
            }
        }
    }
    let mut events = Vec::new();
    for ((department, title), (places, mut ratios)) in shorter {
        if places.len() >= CAMPAIGN {
            ratios.order_by(f64::total_cmp);
            let middle = ratios[ratios.len() / 2];
            let to = format!("{title}×{middle:.2}");
            events.push(event(EventKind::LimitsShortened, department, to, &places));
        }
    }
    events
}

/// Adjustments of one decision, where several decisions stand behind the list.
fn decisions(adjustments: &[Adjustment]) -> Vec<Event> {
    let mut by: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, a) in adjustments.iter().enumerate() {
        by.entry(a.document.as_str()).or_default().insert(at);
    }
    if by.len() < 2 {
        return Vec::new();
    }
    let known = by.into_iter().filter(|(document, places)| !document.is_empty() && places.len() >= LEAST);
    known.map(|(document, places)| event(EventKind::OneDecision, "", document, &places)).collect()
}

/// What a typist changed all over: one character for another that is equal in normal form.
fn spellings(cosmetic: &[Adjustment]) -> Vec<Event> {
    let mut by: HashMap<(String, String), BTreeSet<usize>> = HashMap::new();
    for (at, a) in cosmetic.iter().enumerate() {
        for change in &a.changes {
            if let Some(exchange) = exchange(&change.before, &change.after) {
                by.entry(exchange).or_default().insert(at);
            }
        }
    }
    let mut events = Vec::new();
    for ((from, to), places) in by {
        if places.len() >= LEAST {
            let mut found = event(EventKind::Respelled, from, to, &BTreeSet::new());
            found.items = places.len();
            events.push(found);
        }
    }
    events
}

/// The characters that went and came, each once, in the order of the text; `None` where nothing did.
fn exchange(before: &str, after: &str) -> Option<(String, String)> {
    let count = |text: &str| {
        let mut count: BTreeMap<char, i64> = BTreeMap::new();
        text.chars().for_each(|c| *count.entry(c).or_default() += 1);
        count
    };
    let (old, new) = (count(before), count(after));
    let more = |text: &str, one: &BTreeMap<char, i64>, other: &BTreeMap<char, i64>| {
        let mut out = String::new();
        for c in text.chars() {
            if one[&c] > other.get(&c).copied().unwrap_or(0) && !out.contains(c) {
                out.push(c);
            }
        }
        out
    };
    let (went, came) = (more(before, &old, &new), more(after, &new, &old));
    (!went.is_empty() || !came.is_empty()).then_some((went, came))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exchange_is_what_went_and_came() {
        assert_eq!(exchange("许可(市级)", "许可（市级）"), Some(("()".to_owned(), "（）".to_owned())));
        assert_eq!(exchange("许可 。", "许可"), Some((" 。".to_owned(), String::new())));
        assert_eq!(exchange("许可", "许可"), None);
    }
}
