//! One record of a history: an edition, or a correction of one, with what stands behind it.

use super::file;
use crate::catalogue::Header;
use crate::kind::{AnyCatalogue, AnyCatalogueDelta, Kind};
use crate::lineage::Lineage;
use crate::matching::Decision;
use crate::term::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A decision document: what an adjustment, or a whole edition, was decided by.
///
/// ```
/// use qingdan::history::Document;
/// let document = Document::new("国函〔2000〕67号").of_day("2000-06-13".parse().unwrap());
/// assert_eq!(document.number, "国函〔2000〕67号");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "decision-document")]
#[non_exhaustive]
pub struct Document {
    /// Its number (文号), or what it is known by.
    pub number: String,
    /// Its title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Date")]
    pub date: Option<Date>,
    /// What it says, or what a person noted of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Document {
    /// A document of this number.
    pub fn new(number: impl Into<String>) -> Self {
        Self { number: number.into(), ..Self::default() }
    }
    /// The same of this day.
    #[must_use]
    #[inline]
    pub fn of_day(self, date: Date) -> Self {
        Self { date: Some(date), ..self }
    }
    /// The same with this title.
    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Self {
        Self { title: title.into(), ..self }
    }
    /// The same with what it says.
    #[must_use]
    pub fn noting(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }
}

/// The edition of the upper list that an edition of a lower list followed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "followed-edition")]
#[non_exhaustive]
pub struct Followed {
    /// The upper list's title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The label of its edition.
    pub edition: String,
    /// SHA-256 of that edition's content ([`crate::digest`]).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
}

impl Followed {
    /// That an edition of the upper list was followed.
    #[must_use]
    #[inline]
    pub fn of(upper: &AnyCatalogue) -> Self {
        let header = upper.header();
        Self { title: header.title.clone(), edition: header.edition.clone(), digest: upper.digest() }
    }
}

/// What an edition rests on: the documents that decided it, and the upper edition that it followed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Grounds {
    /// The decision documents. Links of the lineage name them by their numbers; one document alone stands behind all changes
    /// that name none, where the edition's header names none either.
    pub documents: Vec<Document>,
    /// The upper edition.
    pub followed: Option<Followed>,
}

impl Grounds {
    /// These documents.
    pub fn documents(documents: impl IntoIterator<Item = Document>) -> Self {
        Self { documents: documents.into_iter().collect(), followed: None }
    }
    /// The documents that decisions name, each once, with its day and note.
    #[must_use]
    pub fn of_decisions<'a>(decisions: impl IntoIterator<Item = &'a Decision>) -> Self {
        let mut documents: Vec<Document> = Vec::new();
        for row in decisions {
            if row.document.trim().is_empty() || documents.iter().any(|known| known.number == *row.document) {
                continue;
            }
            let note = row.note.to_string();
            documents.push(Document {
                number: row.document.to_string(),
                title: String::new(),
                date: row.date,
                note,
            });
        }
        Self { documents, followed: None }
    }
    /// The same, following an edition of the upper list.
    #[must_use]
    #[inline]
    pub fn following(self, upper: &AnyCatalogue) -> Self {
        Self { followed: Some(Followed::of(upper)), ..self }
    }
}

/// What mends a past edition: it is added to the history, and nothing is rewritten.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "correction")]
#[non_exhaustive]
pub struct Correction {
    /// The label of the edition that was wrong.
    pub edition: String,
    /// When that was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Date")]
    pub recorded: Option<Date>,
    /// Why it was wrong.
    pub why: String,
}

impl Correction {
    /// A correction of the edition of this label.
    pub fn new(edition: impl Into<String>, why: impl Into<String>) -> Self {
        Self { edition: edition.into(), recorded: None, why: why.into() }
    }
    /// The same, recorded on this day.
    #[must_use]
    #[inline]
    pub fn recorded(self, date: Date) -> Self {
        Self { recorded: Some(date), ..self }
    }
}

/// What a record's line begins with: all that is needed to find an edition without reading the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "history-head")]
#[non_exhaustive]
pub struct Head {
    /// The format ([`super::HISTORY_FORMAT`]).
    pub(super) format: String,
    /// The kind of the list.
    pub kind: String,
    /// The number of the record, from 0.
    pub number: u64,
    /// What it corrects; `None`: it is an edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Correction")]
    pub corrects: Option<Correction>,
    /// The header of the edition, label and parents included.
    #[serde(default, skip_serializing_if = "crate::value::Value::is_absent")]
    pub header: Header,
    /// How many items the edition has.
    pub items: usize,
    /// SHA-256 of the edition's content ([`crate::digest`]).
    pub content: String,
    /// The digest of the record before; empty in the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub parent: String,
    /// Where the line of the record before begins; `None` in the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub previous: Option<u64>,
    /// Where the line begins that holds the last whole list up to here.
    pub checkpoint: u64,
    /// The upper edition that it followed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Followed")]
    pub followed: Option<Followed>,
}

impl Head {
    /// The label of the edition.
    #[must_use]
    #[inline]
    pub fn label(&self) -> &str {
        &self.header.edition
    }
    /// From when it is in force ([`super::in_force_from`]).
    #[must_use]
    #[inline]
    pub fn in_force_from(&self) -> Option<Date> {
        super::in_force_from(&self.header)
    }
    #[inline]
    pub(super) fn kind(&self) -> Option<Kind> {
        self.kind.parse().ok()
    }
}

/// How an edition's list is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Whole: a checkpoint.
    Whole(Box<AnyCatalogue>),
    /// As what changed since the edition before; of a correction, since the edition as it was known.
    Change(Option<AnyCatalogueDelta>),
}

/// One record.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Record {
    /// What its line begins with.
    pub head: Head,
    /// SHA-256 of its line without this.
    pub digest: String,
    /// Where its line begins.
    pub start: u64,
    /// What became of the items of the edition before, as far as ids do not say.
    pub lineage: Lineage,
    /// The decision documents.
    pub documents: Vec<Document>,
    pub(super) state: State,
    /// How long its line is, its newline included.
    pub(super) length: u64,
}

impl Record {
    /// Whether it is an edition, not a correction of one.
    #[must_use]
    #[inline]
    pub fn is_edition(&self) -> bool {
        self.head.corrects.is_none()
    }
    /// Whether it holds its list whole.
    #[must_use]
    #[inline]
    pub fn is_checkpoint(&self) -> bool {
        matches!(self.state, State::Whole(_))
    }
    /// How many bytes its line has.
    #[must_use]
    #[inline]
    pub fn bytes(&self) -> u64 {
        self.length
    }
    /// Gives it its place in the file and its digest, which both follow from what it holds.
    #[inline]
    pub(super) fn sealed(mut self, start: u64) -> Self {
        self.start = start;
        let mut running = crate::digest::Running::default();
        let mut length = 0;
        file::rest_of_line(&self, &mut |piece| {
            running.take(piece);
            length += piece.len();
        });
        self.digest = running.finish();
        self.length = length as u64 + file::DIGEST_AND_NEWLINE;
        self
    }
}
