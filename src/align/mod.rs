//! Lists of several places side by side (区域通办): which items correspond, which only some have, where they differ, and
//! the common list that follows.
//!
//! The lists are of equal rank: none is older, none is above, and giving them in another order gives the same groups in
//! that order. Items correspond by the codes that places share, by names and content ([`crate::matching`]), and before
//! both by what people decided. Pairs of lists are joined into groups that have one item of a list at most. What is told
//! as a difference is what partners have to agree on: an organ of one's own with the same function is none, nor is another
//! spelling, another history of an act, a telephone number.
//!
//! ```
//! use qingdan::align::{Options, align};
//! use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList};
//! let list = |city: &str, names: &[(&str, &str)]| -> AnyCatalogue {
//!     let items = names.iter().map(|(id, name)| {
//!         let mut item = LicensingItem::new(*id, *name);
//!         item.authorities.push(qingdan::term::Authority::new(format!("{city}林业局"))).unwrap();
//!         item
//!     });
//!     Catalogue::new(Default::default(), SharedList::of(items).unwrap()).into()
//! };
//! let one = list("广安市", &[("000164213000", "林木采伐许可证核发"), ("000164105000", "林草种子生产经营许可证核发")]);
//! let other = list("资阳市", &[("000164213000", "林木采伐许可"), ("000164217000", "木材运输证核发")]);
//! let (alignment, problems) = align(&[&one, &other], &Options::default())?;
//! assert!(problems.is_empty());
//! assert_eq!(alignment.items.len(), 3);
//! assert_eq!(alignment.same_item_other_name().count(), 1);
//! // The organs are each city's own: one function, no difference.
//! assert_eq!(alignment.items[0].differences.iter().map(|d| &*d.field).collect::<Vec<_>>(), ["name"]);
//! # Ok::<(), qingdan::kind::Unfinished>(())
//! ```

mod common;
mod correspond;
mod groups;
mod joining;
mod namesakes;
mod told;

pub use namesakes::Namesakes;

use crate::alias::Aliases;
use crate::diff::Selection;
use crate::kind::{AnyCatalogue, DifferentKinds, Kind, Unfinished};
use crate::lineage::{Reason, in_words};
use crate::matching::{self, Decision};
use crate::problem::{Lang, Problem};
use crate::sorting::Sorting as _;
use crate::watch::Watch;
use joining::Work;

/// How lists are aligned. The defaults serve every list.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// How items of two lists are matched. What was decided stands in [`decisions`](Self::decisions) instead.
    pub matching: matching::Options,
    /// What people decided, of any two of the lists: the ids of one in `from`, those of the other in `to`, whichever is
    /// which. A row with one empty side says that the item has no partner.
    pub decisions: Vec<Decision>,
    /// Which fields are compared.
    pub selection: Selection,
    /// Bodies and materials that are one thing under two names.
    pub aliases: Aliases,
    /// What the places are called, in the order of the lists; where nothing is said, the place that issued the list.
    pub places: Vec<String>,
}

/// Lists side by side.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Alignment {
    /// The kind of all the lists.
    pub kind: Kind,
    /// The lists, in the order in which they were given.
    pub lists: Vec<AlignedList>,
    /// Which fields were compared.
    pub selection: Selection,
    /// The counts.
    pub summary: AlignSummary,
    /// The items: those that correspond are one. In the order of the first list, then of the second, and so on.
    pub items: Vec<AlignedItem>,
    /// Items of one name that do not correspond (同名不同事).
    pub same_name_other_item: Vec<Namesakes>,
    /// Differences that most common items have alike: of practice or of the bodies, to be settled once.
    pub systematic: Vec<Systematic>,
    /// What may correspond as well, for a person to look at: the best first.
    pub candidates: Vec<Candidate>,
}

/// A list as it stands beside others.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AlignedList {
    /// The place that it is of, as far as it is known; else its title, or its number among the lists.
    pub place: String,
    /// Its title; what its kind is called where it has none.
    pub title: String,
    /// The label of its edition.
    pub edition: String,
    /// How many items it has.
    pub items: usize,
    /// How many of them are in every list.
    pub in_all: usize,
    /// How many are in this list alone.
    pub alone: usize,
}

/// How many items there are, each counted once for all lists.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "align-summary")]
#[non_exhaustive]
pub struct AlignSummary {
    /// Lists.
    pub lists: usize,
    /// Items; those that correspond are one.
    pub items: usize,
    /// Items that every list has.
    pub in_all: usize,
    /// Items that several lists have, and not all.
    pub in_some: usize,
    /// Items that one list has.
    pub in_one: usize,
    /// Items of several lists without a difference.
    pub alike: usize,
    /// Items of several lists that differ in some field.
    pub different: usize,
    /// Of these, items that bear several names (同事不同名).
    pub other_name: usize,
    /// Names that stand for several items (同名不同事).
    pub same_name: usize,
    /// Items that differ in spelling alone.
    pub cosmetic: usize,
    /// Items of several lists that stand in another order, at most between two lists.
    pub moved: usize,
    /// Correspondences that a person should confirm.
    pub uncertain: usize,
    /// Headers beside the first that say something else, labels of editions aside.
    pub headers: usize,
}

/// An item of one list or of several.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AlignedItem {
    /// Its key in each list; `None` where the list does not have it.
    pub ids: Vec<Option<String>>,
    /// Its name in each list, with its sub item.
    pub names: Vec<Option<String>>,
    /// Who has it in each list: the departments, or the authorities where none is named.
    pub departments: Vec<Option<String>>,
    /// Where the lists that have it differ, in the order of fields.
    pub differences: Vec<Difference>,
    /// Whether some field differs in spelling alone.
    pub cosmetic: bool,
    /// How sure it is that the items correspond: the weakest link between them.
    pub confidence: f64,
    /// Whether a person need not confirm it.
    pub certain: bool,
    /// How the weakest link is known.
    pub reasons: Vec<Reason>,
}

impl AlignedItem {
    /// How many lists have it.
    #[must_use]
    #[inline]
    pub fn count(&self) -> usize {
        self.ids.iter().flatten().count()
    }
    /// Whether every list has it.
    #[must_use]
    #[inline]
    pub fn is_in_all(&self) -> bool {
        self.ids.iter().all(Option::is_some)
    }
    /// Whether the lists that have it call it otherwise, words of level and scope aside (同事不同名).
    #[must_use]
    #[inline]
    pub fn has_other_name(&self) -> bool {
        self.differences.iter().any(|difference| crate::likeness::OF_THE_NAME.contains(&&*difference.field))
    }
    /// How it is known that the items correspond, in words.
    #[must_use]
    #[inline]
    pub fn why(&self, lang: Lang) -> String {
        in_words(&self.reasons, lang)
    }
}

/// A field in which corresponding items differ.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The field's name; of a column that is no field its header.
    pub field: String,
    /// What people call it.
    pub title: String,
    /// The value in each list as a table's cell has it, empty where nothing is there; `None` where the list does not have
    /// the item.
    pub values: Vec<Option<String>>,
    /// Whether it is one of those that most items have alike.
    pub systematic: bool,
}

/// A difference that most of the common items have alike.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Systematic {
    /// The field's name.
    pub field: String,
    /// What people call it.
    pub title: String,
    /// The value in each list.
    pub values: Vec<String>,
    /// How many items have it so.
    pub items: usize,
    /// Of how many that every list has, and where every list fills the field.
    pub of: usize,
}

/// Two items that may correspond.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Candidate {
    /// The key in each list; `None` for the lists that it is not about.
    pub ids: Vec<Option<String>>,
    /// The names.
    pub names: Vec<Option<String>>,
    /// How sure it is.
    pub confidence: f64,
    /// What speaks for it.
    pub reasons: Vec<Reason>,
}

impl Candidate {
    /// What speaks for it, in words.
    #[must_use]
    #[inline]
    pub fn why(&self, lang: Lang) -> String {
        in_words(&self.reasons, lang)
    }
}

impl Alignment {
    /// Items of several lists that bear several names (同事不同名).
    #[inline]
    pub fn same_item_other_name(&self) -> impl Iterator<Item = &AlignedItem> {
        self.items.iter().filter(|item| item.has_other_name())
    }
    /// Whether the lists differ in anything, spelling, order and header included; labels of editions and ids are none.
    #[must_use]
    #[inline]
    pub fn any(&self) -> bool {
        let s = self.summary;
        s.in_some + s.in_one + s.different + s.cosmetic + s.moved + s.same_name + s.headers > 0
    }
    /// What a person has to decide: correspondences that are not certain, then what might be one as well. The rows have
    /// no decision yet; the note says what is linked and why.
    #[must_use]
    #[inline]
    pub fn to_decide(&self, lang: Lang) -> Vec<Decision> {
        let row = |ids: &[Option<String>], names: &[Option<String>], confidence: f64, why: &[Reason]| {
            let mut there = ids.iter().zip(names).filter_map(|(id, name)| id.as_ref().zip(name.as_ref()));
            let (from, to) = (there.next()?, there.next()?);
            let note = format!(
                "{} = {}{}{}{}{} {confidence:.2}",
                from.1,
                to.1,
                lang.pick("：", ": "),
                in_words(why, lang),
                lang.pick("；", "; "),
                lang.pick("置信度", "confidence"),
            );
            Some(Decision {
                from: from.0.as_str().into(),
                to: to.0.as_str().into(),
                note: note.into(),
                ..Decision::default()
            })
        };
        let told = self.items.iter().filter(|item| !item.certain);
        let told = told.filter_map(|item| row(&item.ids, &item.names, item.confidence, &item.reasons));
        let open = self.candidates.iter();
        told.chain(open.filter_map(|may| row(&may.ids, &may.names, may.confidence, &may.reasons))).collect()
    }
}

/// Aligns lists of one kind. Answers with the alignment what is wrong with the decisions: ids that no list has (warnings),
/// contradictions (errors).
///
/// Each pair of lists is matched ([`matching::lineage`], about linear); what corresponds is then compared field by field,
/// in the square of the number of lists.
///
/// # Errors
/// The lists are of different kinds.
#[inline]
pub fn align(lists: &[&AnyCatalogue], options: &Options) -> Result<(Alignment, Vec<Problem>), Unfinished> {
    align_watched(lists, options, &mut Watch::none())
}

/// [`align`](fn@align), which tells how far it is.
///
/// # Errors
/// The lists are of different kinds, or it was stopped.
#[inline]
pub fn align_watched(
    lists: &[&AnyCatalogue],
    options: &Options,
    watch: &mut Watch<'_>,
) -> Result<(Alignment, Vec<Problem>), Unfinished> {
    watch.at(0, 1)?;
    let kind = lists.first().map_or(Kind::Service, |list| list.kind());
    if let Some(other) = lists.iter().find(|list| list.kind() != kind) {
        return Err(DifferentKinds { left: kind, right: other.kind() }.into());
    }
    // None of the lists comes first: what is found is found in an order that their content gives.
    let digests: Vec<String> = lists.iter().map(|list| list.digest()).collect();
    let mut order: Vec<usize> = (0..lists.len()).collect();
    order.order_by_key(|at| &digests[*at]);
    let work = Work::new(order.iter().map(|at| lists[*at]).collect(), options);
    let (links, refused, problems) = work.links(&mut watch.part(0.0, 0.8))?;
    let groups = work.groups(&links, &refused);
    let mut place_of = vec![0; order.len()];
    for (place, at) in order.iter().enumerate() {
        place_of[*at] = place;
    }
    let alignment = work.told(kind, lists, &groups, &links, &place_of, options);
    Ok((alignment, problems))
}

#[cfg(test)]
mod tests;
