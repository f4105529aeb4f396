//! A lineage as a record keeps it: what ids do not say, without fractions, so that its JSON is canonical.

use super::Document;
use crate::codes::AdjustmentKind;
use crate::lineage::{Lineage, Link, Reason, Share};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A lineage in a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "stored-lineage")]
pub(crate) struct Stored {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<StoredLink>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parted: Vec<String>,
}

/// A link in a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "stored-link")]
struct StoredLink {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    from: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    to: Vec<String>,
    /// From 0 to 1 with three digits; absent: sure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    confidence: String,
    /// Whether a person should confirm it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    uncertain: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    kind: Option<AdjustmentKind>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    document: String,
    /// Why, where no document of the record says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    /// Whether a part went over alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    part: bool,
}

impl Stored {
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.links.is_empty() && self.parted.is_empty()
    }
    #[inline]
    pub(super) fn of(lineage: &Lineage) -> Self {
        let links = lineage.links.iter().map(|link| StoredLink {
            from: link.from.clone(),
            to: link.to.clone(),
            confidence: if link.confidence >= 1.0 {
                String::new()
            } else {
                format!("{:.3}", link.confidence)
            },
            uncertain: !link.certain,
            reasons: link.reasons.iter().map(reason_text).collect(),
            kind: link.kind.clone(),
            document: link.document.clone(),
            note: link.note.clone(),
            part: !link.is_whole(),
        });
        Self { links: links.collect(), parted: lineage.parted.clone() }
    }
    /// The lineage; `None` where it is none that was written here.
    #[inline]
    pub(super) fn lineage(&self) -> Option<Lineage> {
        let mut lineage = Lineage { parted: self.parted.clone(), ..Lineage::default() };
        for stored in &self.links {
            let confidence = match stored.confidence.as_str() {
                "" => 1.0,
                text => text.parse().ok().filter(|value| (0.0..=1.0).contains(value))?,
            };
            let mut link = Link::new("", "", Reason::Decided);
            link.from.clone_from(&stored.from);
            link.to.clone_from(&stored.to);
            link.confidence = confidence;
            link.certain = !stored.uncertain;
            link.reasons = stored.reasons.iter().map(|text| reason_of(text)).collect::<Option<_>>()?;
            link.kind.clone_from(&stored.kind);
            link.document.clone_from(&stored.document);
            link.note.clone_from(&stored.note);
            link.share = if stored.part { Share::Part } else { Share::Whole };
            lineage.links.push(link);
        }
        Some(lineage)
    }
}

/// The lineage as a record keeps it: without what is too weak to be told, confidences with three digits, notes that a document
/// has once and there.
#[inline]
pub(super) fn kept(lineage: &Lineage, documents: &[Document]) -> Lineage {
    let plain = || Lineage { candidates: Vec::new(), ..lineage.clone() };
    let mut lineage = Stored::of(lineage).lineage().unwrap_or_else(plain);
    for link in &mut lineage.links {
        if note_of(link, documents) == Some(&link.note) {
            link.note.clear();
        }
    }
    lineage
}

/// The lineage with the notes of documents at the links again.
#[inline]
pub(super) fn noted(lineage: &Lineage, documents: &[Document]) -> Lineage {
    let mut lineage = lineage.clone();
    for link in lineage.links.iter_mut().filter(|link| link.note.is_empty()) {
        link.note = note_of(link, documents).cloned().unwrap_or_default();
    }
    lineage
}

#[inline]
fn note_of<'a>(link: &Link, documents: &'a [Document]) -> Option<&'a String> {
    if link.document.is_empty() {
        return None;
    }
    documents.iter().find(|document| document.number == link.document).map(|document| &document.note)
}

/// Reasons that say no more than that they hold.
const PLAIN: &[(&str, Reason)] = &[
    ("same-id", Reason::SameId),
    ("decided", Reason::Decided),
    ("linked", Reason::Linked),
    ("same-name", Reason::SameName),
    ("same-base-name", Reason::SameBaseName),
    ("other-name", Reason::OtherName),
    ("same-department", Reason::SameDepartment),
    ("other-department", Reason::OtherDepartment),
    ("same-basis", Reason::SameBasis),
    ("other-basis", Reason::OtherBasis),
    ("same-place", Reason::SamePlace),
    ("part-of-name", Reason::PartOfName),
    ("in-order", Reason::InOrder),
    ("no-such-id", Reason::NoSuchId),
    ("no-such-name", Reason::NoSuchName),
];

#[inline]
pub(super) fn reason_text(reason: &Reason) -> String {
    match reason {
        Reason::SimilarName(by) => format!("similar-name {by:.3}"),
        Reason::DepartmentBecame(items) => format!("department-became {items}"),
        Reason::SameFields(same, of) => format!("same-fields {same}/{of}"),
        plain => {
            PLAIN.iter().find(|(_, known)| known == plain).map_or("decided", |(text, _)| text).to_owned()
        }
    }
}

#[inline]
fn reason_of(text: &str) -> Option<Reason> {
    if let Some((_, reason)) = PLAIN.iter().find(|(known, _)| *known == text) {
        return Some(reason.clone());
    }
    let (word, number) = text.split_once(' ')?;
    match word {
        "similar-name" => number.parse().ok().map(Reason::SimilarName),
        "department-became" => number.parse().ok().map(Reason::DepartmentBecame),
        "same-fields" => {
            let (same, of) = number.split_once('/')?;
            Some(Reason::SameFields(same.parse().ok()?, of.parse().ok()?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lineage_is_kept_with_all_that_it_says() {
        let mut link = Link::new("A", "B", Reason::SimilarName(0.93));
        link.confidence = 0.875;
        link.certain = false;
        link.reasons.extend([Reason::SameFields(3, 5), Reason::DepartmentBecame(7)]);
        link.reasons.extend(PLAIN.iter().map(|(_, reason)| reason.clone()));
        link.document = "某函〔2024〕1号".into();
        let links = vec![link, Link::part("C", "D")];
        let lineage = Lineage { links, parted: vec!["E".into()], ..Lineage::default() };
        assert_eq!(kept(&lineage, &[]), lineage);
        let document = Document::new("某函〔2024〕1号").noting("统一编码");
        let mut noted_by_hand = lineage.clone();
        noted_by_hand.links[0].note = "统一编码".into();
        assert_eq!(kept(&noted_by_hand, std::slice::from_ref(&document)), lineage);
        assert_eq!(noted(&lineage, &[document]), noted_by_hand);
        assert_eq!(kept(&noted_by_hand, &[]), noted_by_hand);
        let text = serde_json::to_string(&Stored::of(&lineage)).unwrap();
        assert_eq!(serde_json::from_str::<Stored>(&text).unwrap().lineage(), Some(lineage));
        let odd = Stored {
            links: vec![StoredLink { confidence: "2".into(), ..StoredLink::default() }],
            parted: vec![],
        };
        assert_eq!(odd.lineage(), None);
    }
}
