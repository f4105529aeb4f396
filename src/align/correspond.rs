//! Which items of two lists correspond: by the codes that places share, by names and content, and by what people decided.

use super::told;
use crate::code::{self, Code, LocalForm};
use crate::codes::{ItemType, Verdict};
use crate::keyed::{Map, Spread};
use crate::likeness::{self, Eye, Likeness};
use crate::lineage::Reason;
use crate::matching::{self, Between, By, Decided, Decision};
use crate::name;
use crate::problem::Problem;
use crate::record::{AnyItem, Field};
use crate::sorting::Sorting as _;
use crate::text::normal;
use crate::text_atom::Text;
use crate::value::Shown;
use crate::watch::{Stopped, Watch};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

/// An item as alignment sees it.
pub(super) struct Seen<'a> {
    pub(super) item: &'a dyn AnyItem,
    pub(super) key: String,
    /// The code that lists of several places share, in its one form; empty where it has none.
    pub(super) code: String,
    /// Whether the code is of a form that places share: an opaque id may be a number in one list alone.
    is_shared_form: bool,
    /// The whole name in normal form.
    full: String,
    /// The name without words of level and scope, with sub item and situation.
    pub(super) base: String,
    /// What the bodies are for that have it, wherever they are: departments, or authorities where none is named.
    functions: Vec<Text>,
    acts: OnceLock<BTreeSet<String>>,
}

/// What bodies are for, by the cell that names them: a list names the same ones over and over.
#[derive(Default)]
pub(super) struct Functions(HashMap<String, Vec<Text>>);

impl<'a> Seen<'a> {
    #[inline]
    pub(super) fn of(item: &'a dyn AnyItem, eye: Eye<'_>, known: &mut Functions) -> Self {
        let (code, is_shared_form) = shared_code(item);
        let parts = likeness::OF_THE_NAME.iter().map(|field| normal(&item.text(field)).into_owned());
        Self {
            item,
            key: item.key().into_owned(),
            code,
            is_shared_form,
            full: parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("—"),
            base: likeness::base_name(item),
            functions: known
                .0
                .entry(likeness::holder(item))
                .or_insert_with_key(|held| eye.functions(held).into_iter().map(Text::from).collect())
                .clone(),
            acts: OnceLock::new(),
        }
    }
    #[inline]
    pub(super) fn acts(&self) -> &BTreeSet<String> {
        self.acts.get_or_init(|| likeness::acts(self.item))
    }
    #[inline]
    pub(super) fn kind(&self) -> Option<&'a ItemType> {
        self.item.get::<Option<ItemType>>("item_type")?.as_ref()
    }
}

/// The code of an item that other places have as well: its basic code, by column or within its id; of a form of a
/// province's platform the part of the item; else the whole id, which may be a number of this list alone.
#[inline]
fn shared_code(item: &dyn AnyItem) -> (String, bool) {
    for field in ["basic_code", "local_basic_code"] {
        let column = item.text(field);
        if !crate::cell::is_empty_mark(&column) {
            return (code::normalised(&column), true);
        }
    }
    if item.is_derived() {
        return (String::new(), false);
    }
    if let Some(basic) = Code::recognise(item.id()).basic() {
        return (basic.to_string(), true);
    }
    if let Some(LocalForm::Sichuan) = LocalForm::recognise(item.id())
        && let Some(part) = LocalForm::Sichuan.parts(item.id()).first()
    {
        return (code::normalised(part.text), true);
    }
    (code::normalised(item.id()), false)
}

/// Two items that correspond, or may.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// Their numbers in their lists.
    pub(super) one: usize,
    pub(super) other: usize,
    pub(super) confidence: f64,
    pub(super) certain: bool,
    pub(super) reasons: Vec<Reason>,
}

/// What is known of two lists.
#[derive(Default)]
pub(super) struct Found {
    pub(super) links: Vec<Link>,
    /// Links that are too weak to be told.
    pub(super) candidates: Vec<Link>,
    /// Pairs that a person refused.
    pub(super) refused: Vec<(usize, usize)>,
}

/// Names of so much in common speak for a code that both have.
const SPEAKS_FOR_CODE: f64 = 0.3;
/// Of items of one code so many have names that speak for it, else it is a number of each list alone.
const SHARED: f64 = 0.5;
/// From so many on a code alone is enough.
const RELIED_ON: f64 = 0.8;
/// Of several items of one code and other names, those so alike may be one.
const WITHIN_CODE: f64 = 0.5;
/// Two items of one name whose codes differ, where codes are shared, are less likely one.
const OTHER_CODE: f64 = 0.7;
/// The same where the names differ too.
const OTHER_CODE_AND_NAME: f64 = 0.4;
/// Names so alike, or more, speak for a link by themselves.
const NAMES_ALIKE: f64 = 0.6;
/// Names that differ more need a person, whatever else says they are one.
const NEARLY_EQUAL: f64 = 0.85;
/// A place of a law that both stand on is worth names so alike.
const SAME_PLACE_OF_LAW: f64 = 0.5;
/// An item that is granted anew is hardly the one that is cancelled.
const OTHER_SITUATION: f64 = 0.4;
/// Of fewer items of one code it does not follow that another code is another item.
const FEW: usize = 5;
/// Of one name so many pairs are looked at.
const NAMESAKES: usize = 400;

/// What corresponds in two lists.
#[inline]
pub(super) fn find(
    one: &[Seen<'_>],
    other: &[Seen<'_>],
    decisions: &[Decision],
    options: &matching::Options,
    eye: Eye<'_>,
    watch: &mut Watch<'_>,
) -> Result<(Found, Vec<Problem>), Stopped> {
    let mut found = Found::default();
    let items = |list: &[Seen<'_>]| -> Vec<usize> { (0..list.len()).collect() };
    if items(one).is_empty() || items(other).is_empty() {
        return Ok((found, Vec::new()));
    }
    let at = |list: &[Seen<'_>]| -> HashMap<String, usize> {
        list.iter().enumerate().map(|(at, seen)| (seen.key.clone(), at)).collect()
    };
    let (ours, theirs) = (at(one), at(other));
    // What people decided of these two lists, whichever stands first in the row.
    let rows = of_both(decisions, &ours, &theirs);
    let mut said: [HashSet<usize>; 2] = Default::default();
    for row in &rows {
        said[0].extend(row.from_ids().iter().filter_map(|id| ours.get(*id)));
        said[1].extend(row.to_ids().iter().filter_map(|id| theirs.get(*id)));
        if row.decision == Some(Verdict::Different) {
            for from in row.from_ids() {
                for to in row.to_ids() {
                    found.refused.extend(ours.get(from).copied().zip(theirs.get(to).copied()));
                }
            }
        }
    }
    let (mut by_code, trust) = match options.by {
        By::Names => (Vec::new(), 0.0),
        _ => by_code(one, other, &said),
    };
    // Items linked by code bear one key for both lists: matching keeps them, and learns from them.
    let mut keys: [HashMap<usize, String>; 2] = Default::default();
    for (number, link) in by_code.iter().enumerate() {
        keys[0].insert(link.one, format!("\u{0}{number}"));
        keys[1].insert(link.other, format!("\u{0}{number}"));
    }
    let keyed = |list: &'_ [Seen<'_>], keys: &HashMap<usize, String>| -> Vec<Key> {
        (0..list.len()).map(|at| keys.get(&at).map_or(Key::Own, |key| Key::Shared(key.clone()))).collect()
    };
    let (our_keys, their_keys) = (keyed(one, &keys[0]), keyed(other, &keys[1]));
    let before: Vec<Keyed<'_>> = one.iter().zip(&our_keys).map(|(seen, key)| Keyed { seen, key }).collect();
    let after: Vec<Keyed<'_>> =
        other.iter().zip(&their_keys).map(|(seen, key)| Keyed { seen, key }).collect();
    let before: Vec<&dyn AnyItem> = before.iter().map(|item| item as &dyn AnyItem).collect();
    let after: Vec<&dyn AnyItem> = after.iter().map(|item| item as &dyn AnyItem).collect();
    let mut options = options.clone();
    options.between = Between::Lists;
    let problems;
    (options.decided, problems) = Decided::of(&rows, &before, &after);
    if options.by != By::Codes {
        for (a, b) in namesakes_apart(one, other, &keys, eye) {
            options.decided.refuse(&one[a].key, &other[b].key);
        }
    }
    let lineage = matching::lineage_watched(&before, &after, &options, watch)?;
    let mut judge = |link: &crate::lineage::Link, weak: bool| {
        for from in &link.from {
            for to in &link.to {
                let (Some(&a), Some(&b)) = (ours.get(from), theirs.get(to)) else { continue };
                let carries_on = link.from.first() == Some(from) && link.to.first() == Some(to);
                let mut told = Link {
                    one: a,
                    other: b,
                    confidence: link.confidence,
                    certain: link.certain,
                    reasons: link.reasons.clone(),
                };
                if link.reasons.contains(&Reason::Decided) {
                    if carries_on { &mut found.links } else { &mut found.candidates }.push(told);
                    continue;
                }
                if options.decided.refuses(from, to) || are_apart(&one[a], &other[b], eye) {
                    continue;
                }
                doubt(&mut told, &one[a], &other[b], trust, eye);
                let strong = !weak && carries_on && told.confidence >= options.min_confidence;
                if strong { &mut found.links } else { &mut found.candidates }.push(told);
            }
        }
    };
    for link in &lineage.links {
        judge(link, false);
    }
    for link in &lineage.candidates {
        judge(link, true);
    }
    by_code.retain(|link| {
        let told = link.confidence >= options.min_confidence;
        if !told {
            found.candidates.push(link.clone());
        }
        told
    });
    found.links.extend(by_code);
    Ok((found, problems))
}

/// The rows that speak of two lists, the ids of the first list in `from`.
#[inline]
fn of_both(
    decisions: &[Decision],
    ours: &HashMap<String, usize>,
    theirs: &HashMap<String, usize>,
) -> Vec<Decision> {
    let known = |ids: &[&str], list: &HashMap<String, usize>| {
        !ids.is_empty() && ids.iter().all(|id| list.contains_key(*id))
    };
    let mut rows = Vec::new();
    for row in decisions {
        let (from, to) = (row.from_ids(), row.to_ids());
        if known(&from, ours) && known(&to, theirs) {
            rows.push(row.clone());
        } else if known(&to, ours) && known(&from, theirs) {
            let mut turned = row.clone();
            (turned.from, turned.to) = (row.to.clone(), row.from.clone());
            rows.push(turned);
        }
    }
    rows
}

/// Items of one code: within it by name, and what is left alone on both sides by the code. Answers how much codes are
/// relied on, from 0 to 1.
#[inline]
fn by_code(one: &[Seen<'_>], other: &[Seen<'_>], said: &[HashSet<usize>; 2]) -> (Vec<Link>, f64) {
    let mut classes: HashMap<&str, [Vec<usize>; 2]> = HashMap::new();
    let mut order: Vec<&str> = Vec::new();
    for (side, list) in [one, other].into_iter().enumerate() {
        for (at, seen) in list.iter().enumerate() {
            if seen.code.is_empty() || said[side].contains(&at) {
                continue;
            }
            let class = classes.entry(&seen.code).or_insert_with(|| {
                order.push(&seen.code);
                Default::default()
            });
            class[side].push(at);
        }
    }
    let mut links: Vec<(Link, f64)> = Vec::new();
    let mut opaque = false;
    for code in order {
        let Some([mut ours, mut theirs]) = classes.remove(code) else { continue };
        if ours.is_empty() || theirs.is_empty() {
            continue;
        }
        opaque |= !one[ours[0]].is_shared_form || !other[theirs[0]].is_shared_form;
        let mut link = |a: usize, b: usize, likeness: f64, alone: bool| {
            let same = one[a].full == other[b].full;
            let named = match likeness {
                _ if same => Reason::SameName,
                1.0 => Reason::SameBaseName,
                by if by >= SPEAKS_FOR_CODE => {
                    Reason::SimilarName(name::similarity(&one[a].base, &other[b].base))
                }
                _ => Reason::OtherName,
            };
            let id = normal(one[a].item.id()) == normal(other[b].item.id());
            let reasons = vec![if id { Reason::SameId } else { Reason::SameBasicCode }, named];
            let confidence = if alone { 1.0 } else { 0.9 * likeness };
            links.push((Link { one: a, other: b, confidence, certain: alone, reasons }, likeness));
        };
        let names: [for<'s> fn(&'s Seen<'_>) -> &'s str; 2] = [|seen| &seen.full, |seen| &seen.base];
        for name in names {
            // The first of a name is the first one's.
            let mut named: HashMap<&str, Vec<usize>> = HashMap::new();
            for &b in theirs.iter().rev() {
                named.entry(name(&other[b])).or_default().push(b);
            }
            let mut taken: HashSet<usize> = HashSet::new();
            ours.retain(|&a| {
                let Some(b) = named.get_mut(name(&one[a])).and_then(Vec::pop) else { return true };
                link(a, b, 1.0, true);
                taken.insert(b);
                false
            });
            theirs.retain(|b| !taken.contains(b));
        }
        if let ([a], [b]) = (&ours[..], &theirs[..]) {
            link(*a, *b, likeness(&one[*a].base, &other[*b].base), true);
            continue;
        }
        // Handling items of one code that are worded differently: the most alike first.
        if ours.len() * theirs.len() > NAMESAKES {
            continue;
        }
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for &a in &ours {
            for &b in &theirs {
                let alike = likeness(&one[a].base, &other[b].base);
                if alike >= WITHIN_CODE && situation(&one[a].base) == situation(&other[b].base) {
                    pairs.push((alike, a, b));
                }
            }
        }
        pairs.order_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (alike, a, b) in pairs {
            if ours.contains(&a) && theirs.contains(&b) {
                ours.retain(|at| *at != a);
                theirs.retain(|at| *at != b);
                link(a, b, alike, false);
            }
        }
    }
    let count = |least: f64| links.iter().filter(|(_, likeness)| *likeness >= least).count();
    let (agree, all) = (count(SPEAKS_FOR_CODE), links.len());
    // A form that places share is believed in advance, as one pair that agrees.
    let before = usize::from(!opaque);
    let share = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let trust = if all + before == 0 { 0.0 } else { share(agree + before) / share(all + before) };
    if trust < SHARED {
        links.retain(|(_, likeness)| *likeness >= 1.0);
    }
    let links = links.into_iter().map(|(mut link, likeness)| {
        if likeness < SPEAKS_FOR_CODE {
            link.confidence = 0.6 * trust;
            link.certain = false;
        } else if likeness < 1.0 {
            link.confidence *= trust.max(0.9);
            link.certain &= trust >= RELIED_ON;
        }
        link.confidence = (link.confidence * 1_000.0).round() / 1_000.0;
        link
    });
    // A few agree by chance.
    (links.collect(), if trust < SHARED || all < FEW { 0.0 } else { trust })
}

/// How alike two names are: whole, without what stands in brackets, or without verbs.
#[inline]
fn likeness(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    let (a, b) = (without_brackets(one), without_brackets(other));
    let by = name::similarity(one, other)
        .max(name::similarity(&a, &b))
        .max(name::similarity(&name::stem(&a), &name::stem(&b)));
    // Equal is what is equal as a whole.
    by.min(0.99)
}

/// A name in normal form without its brackets.
#[inline]
fn without_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The situation that a handling item's name ends with, in a bracket or not.
#[inline]
fn situation(name: &str) -> &'static str {
    const WORDS: &[(&str, &str)] = &[
        ("新办", "新办"),
        ("首次", "新办"),
        ("新设", "新办"),
        ("核发", "新办"),
        ("变更", "变更"),
        ("延续", "延续"),
        ("注销", "注销"),
        ("撤销", "注销"),
        ("补办", "补办"),
        ("补发", "补办"),
        ("补证", "补办"),
        ("换发", "换发"),
        ("换证", "换发"),
    ];
    let last = name.strip_suffix(')').and_then(|name| name.rsplit_once('(')).map(|(_, inside)| inside);
    // A bracket that names none says something else, and the situation stands before it or nowhere.
    let found = |text: &str| WORDS.iter().rev().find(|(word, _)| text.contains(word)).map(|(_, of)| *of);
    last.and_then(found).or_else(|| found(name)).unwrap_or_default()
}

/// Pairs of one name that are no one item: of another kind of power, or of other acts and another department.
#[inline]
fn namesakes_apart(
    one: &[Seen<'_>],
    other: &[Seen<'_>],
    keys: &[HashMap<usize, String>; 2],
    eye: Eye<'_>,
) -> Vec<(usize, usize)> {
    let mut named: HashMap<&str, [Vec<usize>; 2]> = HashMap::new();
    for (side, list) in [one, other].into_iter().enumerate() {
        for (at, seen) in list.iter().enumerate() {
            if !keys[side].contains_key(&at) {
                named.entry(&seen.base).or_default()[side].push(at);
            }
        }
    }
    let mut apart = Vec::new();
    for [ours, theirs] in named.into_values() {
        if ours.len() * theirs.len() > NAMESAKES {
            continue;
        }
        for &a in &ours {
            apart.extend(theirs.iter().filter(|b| are_apart(&one[a], &other[**b], eye)).map(|b| (a, *b)));
        }
    }
    apart
}

/// Whether two items of one name are two: of another kind of power, or of other acts and another department.
#[inline]
fn are_apart(one: &Seen<'_>, other: &Seen<'_>, eye: Eye<'_>) -> bool {
    if let (Some(a), Some(b)) = (one.kind(), other.kind())
        && likeness::kinds(a, b) == Likeness::Other
        && one.base == other.base
    {
        return true;
    }
    other_acts(one, other) && eye.same_holder(one.item, other.item) == Some(false)
}

/// Whether both stand on acts, and on none that the other stands on.
#[inline]
pub(super) fn other_acts(one: &Seen<'_>, other: &Seen<'_>) -> bool {
    !one.acts().is_empty() && !other.acts().is_empty() && one.acts().is_disjoint(other.acts())
}

/// Whether two items have two codes of one numbering.
#[inline]
pub(super) fn other_code(one: &Seen<'_>, other: &Seen<'_>) -> bool {
    one.is_shared_form
        && other.is_shared_form
        && one.code != other.code
        && likeness::is_of_one_numbering(&one.code, &other.code)
}

/// The same of ids of which only the lists show that they share them.
#[inline]
fn other_opaque_code(one: &Seen<'_>, other: &Seen<'_>) -> bool {
    let coded = !one.code.is_empty() && !other.code.is_empty();
    coded && one.code != other.code && !(one.is_shared_form && other.is_shared_form)
}

/// What speaks against a link that names made.
#[inline]
fn doubt(link: &mut Link, one: &Seen<'_>, other: &Seen<'_>, trust: f64, eye: Eye<'_>) {
    let kinds = one.kind().zip(other.kind()).is_some_and(|(a, b)| likeness::kinds(a, b) == Likeness::Other);
    if kinds || other_acts(one, other) {
        link.certain = false;
    }
    let same = one.base == other.base;
    if trust >= RELIED_ON && (other_code(one, other) || other_opaque_code(one, other)) {
        link.confidence *= if same { OTHER_CODE } else { OTHER_CODE_AND_NAME };
        link.certain = false;
        link.reasons.push(Reason::OtherCode);
    }
    if !same {
        // Two editions of a list have most items in common, lists of two places need not: there a name has to say it, or
        // the place of a law that both stand on.
        let mut alike = likeness(&one.base, &other.base);
        if alike < SAME_PLACE_OF_LAW && likeness::shares_place_of_law(one.item, other.item) {
            alike = SAME_PLACE_OF_LAW;
        }
        link.confidence *= (alike / NAMES_ALIKE).min(1.0).powi(2);
        link.certain &= alike >= NEARLY_EQUAL;
        let situations = (situation(&one.base), situation(&other.base));
        if situations.0 != situations.1 && !situations.0.is_empty() && !situations.1.is_empty() {
            link.confidence *= OTHER_SITUATION;
            link.certain = false;
        }
    }
    link.confidence = (link.confidence * 1_000.0).round() / 1_000.0;
    // Departments were compared by what they are for.
    let names = |seen: &Seen<'_>| normal(&likeness::holder(seen.item)).into_owned();
    for reason in &mut link.reasons {
        let of_one_function = match reason {
            Reason::SameDepartment => names(one) != names(other),
            Reason::OtherDepartment => eye.same_holder(one.item, other.item) == Some(true),
            _ => false,
        };
        if of_one_function {
            *reason = Reason::SameFunction;
        }
    }
}

/// By what matching tells an item.
enum Key {
    /// By its own key, which says nothing of the other list.
    Own,
    /// By one that an item of the other list has as well.
    Shared(String),
}

/// An item under another key.
struct Keyed<'a> {
    seen: &'a Seen<'a>,
    key: &'a Key,
}

impl AnyItem for Keyed<'_> {
    #[inline]
    fn kind(&self) -> &'static str {
        self.seen.item.kind()
    }
    #[inline]
    fn key(&self) -> Cow<'_, str> {
        match self.key {
            Key::Own => Cow::Borrowed(&self.seen.key),
            Key::Shared(key) => Cow::Borrowed(key),
        }
    }
    #[inline]
    fn id(&self) -> &str {
        match self.key {
            Key::Own => self.seen.item.id(),
            Key::Shared(key) => key,
        }
    }
    #[inline]
    fn name(&self) -> &str {
        self.seen.item.name()
    }
    /// By what they are for: no body of one place is one of another's.
    #[inline]
    fn department(&self) -> &[Text] {
        &self.seen.functions
    }
    #[inline]
    fn sub_item(&self) -> &str {
        self.seen.item.sub_item()
    }
    #[inline]
    fn parent(&self) -> &str {
        self.seen.item.parent()
    }
    #[inline]
    fn is_derived(&self) -> bool {
        matches!(self.key, Key::Own)
    }
    #[inline]
    fn extra(&self) -> Option<&Map<Text>> {
        self.seen.item.extra()
    }
    #[inline]
    fn fields(&self) -> &'static [Field] {
        self.seen.item.fields()
    }
    /// What is each place's own says nothing of who is who.
    #[inline]
    fn value(&self, field: usize) -> Option<&dyn Shown> {
        let told = self.fields().get(field).is_some_and(|of| told::is_told(of) && of.name != "authorities");
        self.seen.item.value(field).filter(|_| told)
    }
    #[inline]
    fn spread(&self, field: usize) -> Option<&dyn Spread> {
        self.seen.item.spread(field)
    }
    #[inline]
    fn stands_to(&self, upper: &dyn AnyItem, field: usize) -> Option<bool> {
        self.seen.item.stands_to(upper, field)
    }
    #[inline]
    fn as_any(&self) -> &dyn std::any::Any {
        self.seen.item.as_any()
    }
}
