//! Two values of one field beside one another, by what they mean where they mean something.
//!
//! A list of another place or level says the same in other words: its own organ has the item, a citation has another history,
//! a material another number in front. Conformance ([`crate::check`]) and alignment ([`crate::align`]) compare with this; what a
//! lower list may differ in is the relation of the field.

use crate::alias::{AliasKind, Aliases};
use crate::cell;
use crate::citation::{self, Locator};
use crate::code::{Code, CreditCode, LocalForm, organisation_check_character};
use crate::codes::ItemType;
use crate::keyed::List;
use crate::name;
use crate::organ::{self, Body};
use crate::record::AnyItem;
use crate::sorting::Sorting as _;
use crate::term::{Authority, Citation, Date, Fee, ItemRef, LevelBody, Material, TimeLimit};
use crate::text::normal;
use crate::text_atom::Text;
use crate::value::Shown;
use std::collections::{BTreeMap, BTreeSet};

/// How two values stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// They say the same, each in the words of its place.
    Same,
    /// They differ in spelling alone.
    Spelling,
    /// They say different things.
    Other,
    /// One of them says nothing, or they cannot be held against one another.
    Open,
}

/// Fields whose texts name bodies.
pub(crate) const OF_BODIES: &[&str] = &[
    "department",
    "cooperating",
    "undertakers",
    "joint_departments",
    "setting_department",
    "deciding_department",
    "decided_by",
    "decision_authority",
    "entrusting_department",
    "issuing",
    "checking",
    "interpreter",
    "supervisors",
];

/// Fields that are a part of the name.
pub(crate) const OF_THE_NAME: &[&str] = &["name", "sub_item", "handling_item"];

/// The name of an item as lists of several places are compared: without words of level and scope, with its sub item and
/// situation behind.
#[inline]
pub(crate) fn base_name(item: &dyn AnyItem) -> String {
    let parts = OF_THE_NAME.iter().map(|field| name::read(&item.text(field)).base);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("—")
}

/// Who has an item: the departments, or the authorities where none is named.
#[inline]
pub(crate) fn holder(item: &dyn AnyItem) -> String {
    let field = if item.department().is_empty() { "authorities" } else { "department" };
    item.text(field).into_owned()
}

/// What both sides are read with.
#[derive(Clone, Copy)]
pub(crate) struct Eye<'a> {
    pub(crate) aliases: &'a Aliases,
    /// The day whose names are meant; `None`: those of all days.
    pub(crate) day: Option<Date>,
}

impl Eye<'_> {
    /// How two values of a field stand to one another; `None`: nothing is there.
    #[inline]
    pub(crate) fn compare(self, field: &str, one: Option<&dyn Shown>, other: Option<&dyn Shown>) -> Likeness {
        let (Some(one), Some(other)) = (one, other) else {
            return match (one, other) {
                (None, None) => Likeness::Same,
                (Some(one), None) | (None, Some(one)) if Self::is_silent_without(field, one) => {
                    Likeness::Open
                }
                _ => Likeness::Other,
            };
        };
        let (a, b) = (one.shown(), other.shown());
        if a == b {
            return Likeness::Same;
        }
        if normal(&a) == normal(&b) {
            return Likeness::Spelling;
        }
        self.by_meaning(field, one, other).unwrap_or_else(|| texts(&a, &b))
    }

    /// Whether nothing follows where one list leaves a field empty: 无 and an empty cell say nothing of a limit, and a
    /// list that names no body leaves it to the other.
    #[inline]
    fn is_silent_without(field: &str, value: &dyn Shown) -> bool {
        let value_of = value.as_any();
        value_of.is::<Option<TimeLimit>>()
            || value_of.is::<List<Authority>>()
            || value_of.is::<List<LevelBody>>()
            || OF_BODIES.contains(&field)
            || field.ends_with("basic_code")
            || is_of_its_place(&value.shown())
    }

    #[inline]
    fn by_meaning(self, field: &str, one: &dyn Shown, other: &dyn Shown) -> Option<Likeness> {
        if OF_THE_NAME.contains(&field) {
            let same = name::read(&one.shown()).base == name::read(&other.shown()).base;
            return Some(if same { Likeness::Same } else { Likeness::Other });
        }
        if field.ends_with("basic_code") {
            return Some(codes(&one.shown(), &other.shown()));
        }
        if OF_BODIES.contains(&field) {
            return Some(self.bodies(&one.shown(), &other.shown()));
        }
        macro_rules! both {
            ($type:ty) => {
                one.as_any().downcast_ref::<$type>().zip(other.as_any().downcast_ref::<$type>())
            };
        }
        if let Some((a, b)) = both!(List<Citation>) {
            return Some(citations(a, b));
        }
        if let Some((a, b)) = both!(Option<TimeLimit>) {
            return Some(limits(a.as_ref()?, b.as_ref()?));
        }
        if let Some((a, b)) = both!(List<Material>) {
            return Some(self.materials(a, b));
        }
        if let Some((a, b)) = both!(List<Authority>) {
            let named = |list: &List<Authority>| -> Vec<Body> {
                list.iter().flat_map(|one| self.read_bodies(&one.name)).collect()
            };
            return Some(same_bodies(&named(a), &named(b)));
        }
        if let Some((a, b)) = both!(List<LevelBody>) {
            let named = |list: &List<LevelBody>| -> Vec<Body> {
                list.iter().flat_map(|one| self.read_bodies(&one.name)).collect()
            };
            return Some(same_bodies(&named(a), &named(b)));
        }
        if let Some((a, b)) = both!(List<Fee>) {
            return Some(fees(a, b));
        }
        if let Some((a, b)) = both!(List<ItemRef>) {
            return Some(references(a, b));
        }
        if let Some((a, b)) = both!(List<Text>) {
            let set =
                |list: &List<Text>| list.iter().map(|one| normal(one).into_owned()).collect::<BTreeSet<_>>();
            return Some(if set(a) == set(b) { Likeness::Same } else { Likeness::Other });
        }
        if let Some((Some(a), Some(b))) = both!(Option<ItemType>).map(|(a, b)| (a.as_ref(), b.as_ref())) {
            return Some(kinds(a, b));
        }
        None
    }

    #[inline]
    fn read_bodies(self, text: &str) -> Vec<Body> {
        organ::bodies(&self.aliases.canonical(&AliasKind::Organ, text, self.day))
    }

    /// The bodies that a cell names.
    #[inline]
    fn named(self, text: &str) -> Vec<Body> {
        let pieces = cell::cut(text, &['、', '；', ';', '\n', '\r']);
        pieces.into_iter().flat_map(|one| self.read_bodies(one)).collect()
    }

    #[inline]
    fn bodies(self, one: &str, other: &str) -> Likeness {
        same_bodies(&self.named(one), &self.named(other))
    }

    /// What the bodies of a cell are for, in the order of their texts; the name of one of which nothing else is left.
    #[inline]
    pub(crate) fn functions(self, text: &str) -> Vec<String> {
        let mut functions: Vec<String> = self
            .named(text)
            .iter()
            .map(|body| match body.function() {
                none if none.is_empty() => normal(&body.name).into_owned(),
                function => function,
            })
            .collect();
        functions.order();
        functions.dedup();
        functions
    }

    /// Whether two items have a body of one function; `None` where one of them names none.
    #[inline]
    pub(crate) fn same_holder(self, one: &dyn AnyItem, other: &dyn AnyItem) -> Option<bool> {
        let (one, other) = (holder(one), holder(other));
        if one.is_empty() || other.is_empty() {
            return None;
        }
        Some(self.bodies(&one, &other) == Likeness::Same)
    }

    /// What a material is called, once registered names and numbers in front are taken for what they stand for.
    #[inline]
    pub(crate) fn material(self, material: &Material) -> String {
        self.aliases.canonical(&AliasKind::Material, material.reading().name, self.day).into_owned()
    }

    /// By name, once registered names and numbers in front are taken for what they stand for; what is left over is paired
    /// by wording. How many originals and copies are wanted counts where both lists say it.
    #[inline]
    fn materials(self, one: &List<Material>, other: &List<Material>) -> Likeness {
        let named = |list: &List<Material>| -> Vec<(String, Option<u32>, Option<u32>)> {
            list.iter()
                .map(|material| {
                    let read = material.reading();
                    (self.material(material), read.originals, read.copies)
                })
                .collect()
        };
        let (mut ours, mut theirs) = (named(one), named(other));
        let differs = |a: Option<u32>, b: Option<u32>| a.zip(b).is_some_and(|(a, b)| a != b);
        let mut left = Vec::new();
        for (name, originals, copies) in ours.drain(..) {
            let Some(at) = theirs.iter().position(|(there, ..)| *there == name) else {
                left.push(name);
                continue;
            };
            let there = theirs.swap_remove(at);
            if differs(originals, there.1) || differs(copies, there.2) {
                return Likeness::Other;
            }
        }
        let mut theirs: Vec<String> = theirs.into_iter().map(|(name, ..)| name).collect();
        if left.len() != theirs.len() {
            return Likeness::Other;
        }
        for name in left {
            let nearest = theirs
                .iter()
                .enumerate()
                .map(|(at, there)| (name::similarity(&name, there), at))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            match nearest {
                Some((alike, at)) if alike >= SAME_WORDING => _ = theirs.swap_remove(at),
                _ => return Likeness::Other,
            }
        }
        Likeness::Same
    }
}

/// Materials of one count whose names are so alike are one, worded differently.
const SAME_WORDING: f64 = 0.5;

#[inline]
fn same_bodies(one: &[Body], other: &[Body]) -> Likeness {
    if one.is_empty() || other.is_empty() {
        return Likeness::Open;
    }
    let within = |some: &[Body], all: &[Body]| some.iter().all(|a| all.iter().any(|b| a.shares_function(b)));
    if within(one, other) && within(other, one) { Likeness::Same } else { Likeness::Other }
}

/// By titles, and by places where both lists name some of a text: history, label and spelling never count.
#[inline]
fn citations(one: &List<Citation>, other: &List<Citation>) -> Likeness {
    let read = |list: &List<Citation>| -> BTreeMap<String, Vec<Locator>> {
        let mut acts: BTreeMap<String, Vec<Locator>> = BTreeMap::new();
        for citation in list {
            match citation.cited() {
                Some(cited) => {
                    let places = acts.entry(act(&cited)).or_default();
                    places.extend(cited.locators.into_iter().filter(|place| !place.is_whole()));
                }
                None => _ = acts.entry(normal(&citation.text).into_owned()).or_default(),
            }
        }
        for places in acts.values_mut() {
            places.order();
            places.dedup();
        }
        acts
    };
    let (ours, theirs) = (read(one), read(other));
    let same = ours.len() == theirs.len()
        && ours.iter().zip(&theirs).all(|((a, places), (b, others))| {
            a == b && (places.is_empty() || others.is_empty() || places == others)
        });
    if same { Likeness::Same } else { Likeness::Other }
}

/// The act that is cited: its title, else its number.
#[inline]
fn act(cited: &citation::Cited) -> String {
    match (cited.title.as_str(), &cited.number) {
        ("", Some(number)) => normal(number).into_owned(),
        (title, _) => citation::short_title(title),
    }
}

/// The acts behind an item, as they are compared.
#[inline]
pub(crate) fn acts(item: &dyn AnyItem) -> BTreeSet<String> {
    let cited = item.all::<List<Citation>>().flat_map(|(_, list)| list.iter());
    cited.filter_map(Citation::cited).map(|cited| act(&cited)).filter(|act| !act.is_empty()).collect()
}

/// Whether both cite one place of one act.
#[inline]
pub(crate) fn shares_place_of_law(one: &dyn AnyItem, other: &dyn AnyItem) -> bool {
    let places = |item: &dyn AnyItem| -> BTreeSet<(String, String)> {
        let cited =
            item.all::<List<Citation>>().flat_map(|(_, list)| list.iter()).filter_map(Citation::cited);
        cited
            .flat_map(|cited| {
                let act = act(&cited);
                let places = cited.locators.into_iter().filter(|place| place.article.is_some());
                places.map(move |place| (act.clone(), place.to_string())).collect::<Vec<_>>()
            })
            .collect()
    };
    !places(one).is_disjoint(&places(other))
}

/// Amounts of one unit, case by case; what is settled at once takes no time in any unit.
#[inline]
fn limits(one: &TimeLimit, other: &TimeLimit) -> Likeness {
    let at_once = |limit: &TimeLimit| limit.is_immediate();
    if at_once(one) && at_once(other) {
        return Likeness::Same;
    }
    if at_once(one) && other.amount.is_some() || at_once(other) && one.amount.is_some() {
        return Likeness::Other;
    }
    let (ours, theirs) = (one.cases(), other.cases());
    let mut held = false;
    for a in &ours {
        for b in &theirs {
            if normal(&a.condition) != normal(&b.condition) || a.unit.is_none() || a.unit != b.unit {
                continue;
            }
            if a.amount != b.amount {
                return Likeness::Other;
            }
            held = true;
        }
    }
    if held && ours.len() == theirs.len() { Likeness::Same } else { Likeness::Open }
}

#[inline]
fn fees(one: &List<Fee>, other: &List<Fee>) -> Likeness {
    let read = |list: &List<Fee>| -> BTreeMap<String, Option<String>> {
        let of = |fee: &Fee| {
            let read = fee.reading();
            (normal(read.name).into_owned(), read.standard.map(|text| normal(text).into_owned()))
        };
        crate::sorting::tree(list.iter().map(of))
    };
    let (ours, theirs) = (read(one), read(other));
    let same = ours.len() == theirs.len()
        && ours.iter().zip(&theirs).all(|((a, much), (b, there))| {
            a == b && much.as_ref().zip(there.as_ref()).is_none_or(|(a, b)| a == b)
        });
    if same { Likeness::Same } else { Likeness::Other }
}

/// By name: each place has codes of its own.
#[inline]
fn references(one: &List<ItemRef>, other: &List<ItemRef>) -> Likeness {
    let named = |list: &List<ItemRef>| -> Option<BTreeSet<String>> {
        let of = |item: &ItemRef| (!item.name.is_empty()).then(|| name::read(&item.name).base);
        list.iter().map(of).collect()
    };
    match named(one).zip(named(other)) {
        Some((ours, theirs)) if ours == theirs => Likeness::Same,
        Some(_) => Likeness::Other,
        None => Likeness::Open,
    }
}

/// A bare number means different things on different platforms: it says nothing beside a word.
#[inline]
pub(crate) fn kinds(one: &ItemType, other: &ItemType) -> Likeness {
    let number = |kind: &ItemType| match kind {
        ItemType::Other(text) => text.as_str().bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    };
    match (number(one), number(other)) {
        (true, true) => {
            let plain = |kind: &ItemType| kind.as_str().trim_start_matches('0').to_owned();
            if plain(one) == plain(other) { Likeness::Same } else { Likeness::Other }
        }
        (false, false) if one == other => Likeness::Same,
        (false, false) => Likeness::Other,
        _ => Likeness::Open,
    }
}

/// Codes that one office numbered; those of two offices say nothing beside one another.
#[inline]
fn codes(one: &str, other: &str) -> Likeness {
    if is_of_one_numbering(one, other) { Likeness::Other } else { Likeness::Open }
}

/// Whether two codes were given by one office: the nation, or one province, whose number stands at the head.
#[inline]
pub(crate) fn is_of_one_numbering(one: &str, other: &str) -> bool {
    let head = |code: &str| {
        let head = code.trim().get(..2)?;
        head.bytes().all(|b| b.is_ascii_digit()).then(|| head.to_owned())
    };
    head(one).zip(head(other)).is_some_and(|(one, other)| one == other)
}

/// Texts that are no value of any kind; codes of bodies and items, and addresses, are those of a place.
#[inline]
fn texts(one: &str, other: &str) -> Likeness {
    if is_of_its_place(one) && is_of_its_place(other) { Likeness::Open } else { Likeness::Other }
}

#[inline]
fn is_of_its_place(text: &str) -> bool {
    let text = text.trim();
    let address = text.starts_with("http://") || text.starts_with("https://");
    let organisation = || {
        let plain = crate::code::normalised(text);
        let (body, check) = plain.split_at_checked(8).filter(|_| plain.len() == 9)?;
        Some(organisation_check_character(body) == check.chars().next())
    };
    address
        || text.parse::<CreditCode>().is_ok()
        || organisation() == Some(true)
        || LocalForm::recognise(text).is_some()
        || text.len() > 18 && !matches!(Code::recognise(text), Code::Other(_))
}
