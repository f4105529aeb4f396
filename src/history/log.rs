//! The change log: every change of every edition as a row, as platforms keep it.

use super::{History, HistoryError};
use crate::adjustment::Adjustment;
use crate::term::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// The headers of a change log.
pub const LOG_COLUMNS: [&str; 7] =
    ["edition", "effective", "item", "field", "previous", "replacement", "document"];

/// One change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[schemars(rename = "log-row")]
#[non_exhaustive]
pub struct LogRow {
    /// The label of the edition that brought it.
    pub edition: String,
    /// From when that is in force, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Date")]
    pub effective: Option<Date>,
    /// The id of the item: as it is now, or as it was where it is gone. Empty: the header of the list.
    pub item: String,
    /// The field: by name, extra columns by header, `id` where the item got another one or several came of it. Empty: the
    /// whole item, which came or went.
    pub field: String,
    /// The value before; of an item that went its name.
    pub previous: String,
    /// The value after; of an item that came its name.
    pub replacement: String,
    /// The decision behind it (文号).
    pub document: String,
}

impl LogRow {
    /// Its cells, in the order of [`LOG_COLUMNS`].
    #[must_use]
    #[inline]
    pub fn cells(&self) -> [String; 7] {
        let effective = self.effective.map(|day| day.to_string()).unwrap_or_default();
        let Self { edition, item, field, previous, replacement, document, .. } = self.clone();
        [edition, effective, item, field, previous, replacement, document]
    }
}

impl History {
    /// The change log, oldest first: a row for each field that changed of an item (in spelling, too), one for an item that came
    /// or went, and one for each field of the header.
    ///
    /// # Errors
    /// A record does not fit.
    #[inline]
    pub fn log(&self) -> Result<Vec<LogRow>, HistoryError> {
        let mut rows = Vec::new();
        for (step, differences) in self.differences()?.enumerate() {
            let (edition, effective) = self.edition_name(step + 1);
            let of = |item: &str, document: &str| LogRow {
                edition: edition.clone(),
                effective,
                item: item.to_owned(),
                document: document.to_owned(),
                ..LogRow::default()
            };
            for change in &differences.header {
                let (field, previous, replacement) =
                    (change.field.clone(), change.before.clone(), change.after.clone());
                let document = self.head(step + 1).header.document.to_string();
                rows.push(LogRow { field, previous, replacement, ..of("", &document) });
            }
            for adjustment in differences.adjustments.iter().chain(&differences.cosmetic) {
                tell(adjustment, &|item| of(item, &adjustment.document), &mut rows);
            }
        }
        Ok(rows)
    }
}

#[inline]
fn tell(adjustment: &Adjustment, row: &dyn Fn(&str) -> LogRow, rows: &mut Vec<LogRow>) {
    match (&adjustment.from[..], &adjustment.to[..]) {
        ([], to) => {
            rows.extend(to.iter().map(|id| LogRow { replacement: adjustment.name_after.clone(), ..row(id) }));
        }
        (from, []) => {
            rows.extend(from.iter().map(|id| LogRow { previous: adjustment.name_before.clone(), ..row(id) }));
        }
        (from, to) => {
            let item = &to[0];
            if from != to {
                let (field, previous, replacement) = ("id".to_owned(), from.join(";"), to.join(";"));
                rows.push(LogRow { field, previous, replacement, ..row(item) });
            }
            for change in &adjustment.changes {
                let (field, previous, replacement) =
                    (change.field.clone(), change.before.clone(), change.after.clone());
                rows.push(LogRow { field, previous, replacement, ..row(item) });
            }
        }
    }
}
