//! What an office knows beside its lists: deviations that it accepts, legal texts and what became of them.

use crate::codes::LegalState;
use crate::term::Date;
use crate::{Map, Record, Text};

/// A deviation that is known and accepted, with its reason (`--accept`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "accepted")]
#[non_exhaustive]
pub struct Accepted {
    /// The rule's id.
    #[record(column("rule"))]
    pub rule: Text,
    /// The item's id; empty: all items.
    #[record(column("item"))]
    pub item: Text,
    /// The field's name; empty: all fields.
    #[record(column("field"))]
    pub field: Text,
    /// Why it is accepted.
    #[record(column("reason"))]
    pub reason: Text,
    /// The last day on which it is.
    #[record(column("until"))]
    pub until: Option<Date>,
    /// Columns that are no field.
    pub extra: Map<Text>,
}

/// A legal text and what became of it (`--repealed`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "legal-status")]
#[non_exhaustive]
pub struct LegalStatus {
    /// Title, with or without 《》.
    #[record(column("title"))]
    pub title: Text,
    /// Its number, where several texts bear the title (国务院令第344号).
    #[record(column("number"))]
    pub number: Text,
    /// What became of it.
    #[record(column("status"))]
    pub status: Option<LegalState>,
    /// Since when.
    #[record(column("date"))]
    pub date: Option<Date>,
    /// The text that took its place.
    #[record(column("replaced_by"))]
    pub replaced_by: Text,
    /// What else is said of it.
    #[record(column("note"))]
    pub note: Text,
    /// Columns that are no field.
    pub extra: Map<Text>,
}
