//! Items that went from one list of a government to another: a licence that became a filing (行政许可调整为备案).
//!
//! Each list alone sees an item that is gone, or one that is new. Held against each other, what is gone from one list and
//! new in another may be one item.

use crate::codes::AdjustmentKind;
use crate::diff::Differences;
use crate::keyed::Spread;
use crate::kind::AnyCatalogue;
use crate::lineage::Reason;
use crate::matching::{self, By, Options};
use crate::problem::Lang;
use crate::record::{AnyItem, Field};
use crate::value::Shown;
use crate::{Map, Text};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// An item of one of a government's lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// The list, by its key in the portfolio: `licensing`, `filing.own`.
    pub list: String,
    /// The item's id there.
    pub id: String,
}

/// An item that went from one list to another.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Conversion {
    /// What it was.
    pub from: Place,
    /// What it is.
    pub to: Place,
    /// Its names before and after.
    pub names: [String; 2],
    /// How sure it is.
    pub confidence: f64,
    /// Whether a person need not confirm it.
    pub certain: bool,
    /// How it is known.
    pub reasons: Vec<Reason>,
}

impl Serialize for Conversion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", &AdjustmentKind::Converted)?;
        map.serialize_entry("from", &self.from)?;
        map.serialize_entry("to", &self.to)?;
        map.serialize_entry("confidence", &self.confidence)?;
        map.serialize_entry("certain", &self.certain)?;
        map.serialize_entry("why", &crate::lineage::in_words(&self.reasons, Lang::En))?;
        map.end()
    }
}

/// One list of a government in two editions, and what changed in it.
#[derive(Debug)]
pub struct Compared<'a> {
    /// The list's key in the portfolio.
    pub list: &'a str,
    /// The edition before; `None`: the list is new.
    pub before: Option<&'a AnyCatalogue>,
    /// The edition after; `None`: the list is gone.
    pub after: Option<&'a AnyCatalogue>,
    /// What changed, where both are there.
    pub differences: Option<&'a mut Differences>,
}

/// Of links between lists a person wants to see those that are rather true.
const LEAST: f64 = 0.5;
/// Kinds of lists between which items go: lists of powers and of services. Others speak about items of these.
const OF_POWERS: [&str; 4] = ["licensing", "filing", "power", "service"];
/// Between an id and the list that it stands in.
const IN: char = '\u{1f}';

/// An item with the list that it stands in.
struct Placed<'a> {
    key: String,
    /// Its name without the verb: 审批 becomes 备案 with the list, and says nothing.
    stem: String,
    item: &'a dyn AnyItem,
}

impl AnyItem for Placed<'_> {
    fn kind(&self) -> &'static str {
        self.item.kind()
    }
    fn key(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.key)
    }
    fn id(&self) -> &str {
        self.item.id()
    }
    fn name(&self) -> &str {
        &self.stem
    }
    fn department(&self) -> &[Text] {
        self.item.department()
    }
    fn sub_item(&self) -> &str {
        self.item.sub_item()
    }
    fn parent(&self) -> &str {
        self.item.parent()
    }
    fn is_derived(&self) -> bool {
        true
    }
    fn extra(&self) -> Option<&Map<Text>> {
        self.item.extra()
    }
    fn fields(&self) -> &'static [Field] {
        self.item.fields()
    }
    fn value(&self, field: usize) -> Option<&dyn Shown> {
        self.item.value(field)
    }
    fn spread(&self, field: usize) -> Option<&dyn Spread> {
        self.item.spread(field)
    }
    fn stands_to(&self, upper: &dyn AnyItem, field: usize) -> Option<bool> {
        self.item.stands_to(upper, field)
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self.item.as_any()
    }
}

fn erased<'a>(items: &'a [Placed<'a>]) -> Vec<&'a dyn AnyItem> {
    items.iter().map(|item| item as &dyn AnyItem).collect()
}

/// Finds items that went from one list to another, and notes it in the differences of both lists: what is gone there, or
/// new, is `converted` as well. In the order of the lists before. About linear.
#[must_use]
pub fn conversions(lists: &mut [Compared<'_>]) -> Vec<Conversion> {
    let (mut gone, mut new): (Vec<Placed<'_>>, Vec<Placed<'_>>) = (Vec::new(), Vec::new());
    for compared in lists.iter() {
        // Of a list that is in both years what was gone or new; of one that is in one year everything.
        let ids = |side: fn(&crate::Adjustment) -> (&[String], &[String])| -> Option<HashSet<String>> {
            let differences = compared.differences.as_deref()?;
            let one_sided = differences.adjustments.iter().map(side).filter(|(_, other)| other.is_empty());
            Some(one_sided.flat_map(|(own, _)| own).cloned().collect())
        };
        for (list, ids, to) in [
            (compared.before, ids(|a| (&a.from, &a.to)), &mut gone),
            (compared.after, ids(|a| (&a.to, &a.from)), &mut new),
        ] {
            let list = list.filter(|list| OF_POWERS.contains(&list.kind().as_str()));
            for item in list.map(AnyCatalogue::items).unwrap_or_default() {
                if ids.as_ref().is_none_or(|ids| ids.contains(&*item.key())) {
                    let stem = crate::name::stem(item.name());
                    to.push(Placed { key: format!("{}{IN}{}", compared.list, item.key()), stem, item });
                }
            }
        }
    }
    let options = Options { by: By::Names, min_confidence: LEAST, ..Options::default() };
    let names: HashMap<&str, String> = gone
        .iter()
        .chain(&new)
        .map(|placed| (placed.key.as_str(), crate::record::full_name(placed.item)))
        .collect();
    let mut found = Vec::new();
    for link in matching::lineage(&erased(&gone), &erased(&new), &options).links {
        let ([from], [to]) = (&link.from[..], &link.to[..]) else { continue };
        let (Some((list, id)), Some((into, new_id))) = (from.split_once(IN), to.split_once(IN)) else {
            continue;
        };
        // One kind in several series is one list in parts.
        let kind = |list: &str| list.split('.').next().map(str::to_owned);
        let alike = !link.reasons.contains(&Reason::OtherName);
        if kind(list) == kind(into) || !alike {
            continue;
        }
        let place = |list: &str, id: &str| Place { list: list.to_owned(), id: id.to_owned() };
        let name = |key: &String| names.get(key.as_str()).cloned().unwrap_or_default();
        found.push(Conversion {
            from: place(list, id),
            to: place(into, new_id),
            names: [name(from), name(to)],
            confidence: link.confidence,
            certain: link.certain,
            reasons: link.reasons,
        });
    }
    for one in &mut found {
        let [before, after] = &one.names;
        for reason in &mut one.reasons {
            if matches!(reason, Reason::SameName | Reason::SameBaseName) && !crate::text::alike(before, after)
            {
                *reason = Reason::SimilarName(crate::name::similarity(before, after));
            }
        }
    }
    let went: HashSet<(&str, &str)> = found.iter().map(|c| (&*c.from.list, &*c.from.id)).collect();
    let came: HashSet<(&str, &str)> = found.iter().map(|c| (&*c.to.list, &*c.to.id)).collect();
    for compared in lists {
        let Some(differences) = compared.differences.as_deref_mut() else { continue };
        for adjustment in &mut differences.adjustments {
            let converted = match (&adjustment.from[..], &adjustment.to[..]) {
                ([id], []) => went.contains(&(compared.list, id)),
                ([], [id]) => came.contains(&(compared.list, id)),
                _ => false,
            };
            if converted {
                adjustment.take_kind(&AdjustmentKind::Converted);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Catalogue, FilingItem, LicensingItem, diff::Comparing};

    #[test]
    fn a_licence_that_became_a_filing_is_one_item() {
        let licences = |names: &[&str]| {
            let mut list = Catalogue::<LicensingItem>::default();
            for name in names {
                list.items.push(LicensingItem::new(format!("L{name}"), *name)).unwrap();
            }
            AnyCatalogue::from(list)
        };
        let filings = |names: &[&str]| {
            let mut list = Catalogue::<FilingItem>::default();
            for name in names {
                list.items.push(FilingItem::new(format!("F{name}"), *name)).unwrap();
            }
            AnyCatalogue::from(list)
        };
        let old = licences(&["林木采伐许可证核发", "取水许可", "诊所设置审批"]);
        let new = licences(&["林木采伐许可证核发", "取水许可"]);
        let (before, after) = (
            filings(&["对外贸易经营者备案"]),
            filings(&["对外贸易经营者备案", "诊所设置备案", "养老机构备案"]),
        );
        let compare = |a: &AnyCatalogue, b: &AnyCatalogue| {
            let lineage = a.lineage_to(b, &Options::default()).unwrap();
            let comparing = Comparing { lineage, ..Comparing::default() };
            a.changes_to(b, &comparing.lineage.pairs()).unwrap().differences(a, b, &comparing).unwrap()
        };
        let (mut one, mut two) = (compare(&old, &new), compare(&before, &after));
        let found = conversions(&mut [
            Compared {
                list: "licensing",
                before: Some(&old),
                after: Some(&new),
                differences: Some(&mut one),
            },
            Compared {
                list: "filing",
                before: Some(&before),
                after: Some(&after),
                differences: Some(&mut two),
            },
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((&*found[0].from.id, &*found[0].to.id), ("L诊所设置审批", "F诊所设置备案"));
        assert_eq!(one.adjustments[0].also, [AdjustmentKind::Converted]);
        assert_eq!(two.adjustments.iter().filter(|a| a.also == [AdjustmentKind::Converted]).count(), 1);
    }
}
