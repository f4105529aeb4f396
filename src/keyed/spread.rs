//! Lists of which a table has several columns, each for some of the entries.

use super::List;
use super::list::repeated_entry;
use crate::problem::{Message, Severity};
use crate::record::Entry;
use crate::value::Cell;
use std::borrow::Cow;

/// An entry of a list that a table spreads over several columns: it knows in which of them it stands.
///
/// A field of such a list names the columns with `#[record(spread = path)]`, a constant of
/// [`SpreadColumn`](crate::SpreadColumn)s.
///
/// ```
/// use qingdan::{Entry, InColumn, term::LevelBody};
/// let body: LevelBody = "县级实施机关：县林草局".parse()?;
/// assert_eq!((&*body.column(), &*body.in_column()), ("县级实施机关", "县林草局"));
/// assert_eq!(LevelBody::cut_column("县级实施机关", "县林草局；县水利局").len(), 2);
/// # Ok::<(), qingdan::problem::Message>(())
/// ```
pub trait InColumn: Entry {
    /// The column that it stands in: the `key` of a [`SpreadColumn`](crate::SpreadColumn). Empty: it has none of its
    /// own, and stands in the column of the whole field.
    fn column(&self) -> Cow<'_, str>;
    /// Its text there.
    fn in_column(&self) -> Cow<'_, str>;
    /// Reads such a text.
    ///
    /// # Errors
    /// It is none.
    fn from_column(column: &str, text: &str) -> Result<Self, Message>;
    /// Cuts the cell of such a column into the texts of entries.
    #[must_use]
    fn cut_column<'a>(column: &str, cell: &'a str) -> Vec<&'a str> {
        let _ = column;
        Self::cut(cell)
    }
    /// What stands between entries in the cell of such a column.
    #[must_use]
    fn joint_in(column: &str) -> &'static str {
        let _ = column;
        Self::JOINT
    }
}

/// A field that is spread over columns, whatever its entries are.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field that is spread over columns is a list of entries that know theirs",
    note = "the type is a `List<T>`, and `T` implements `qingdan::InColumn`"
)]
pub trait Spread {
    /// The columns in which entries stand, each once.
    fn columns(&self) -> Vec<Cow<'_, str>>;
    /// The cell of a column.
    fn cell(&self, column: &str) -> String;
    /// The cell of the whole field, of entries that stand in none of these columns.
    fn beside(&self, columns: &[&str]) -> String;
    /// Adds what a column's cell says.
    fn add(&mut self, column: &str, cell: &str, cx: &mut Cell<'_>);
}

#[diagnostic::do_not_recommend]
impl<T: InColumn> Spread for List<T> {
    fn columns(&self) -> Vec<Cow<'_, str>> {
        let mut columns: Vec<Cow<'_, str>> = Vec::new();
        for entry in self {
            let column = entry.column();
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
    }
    fn cell(&self, column: &str) -> String {
        let mut cell = String::new();
        for entry in self {
            if entry.column() == column {
                if !cell.is_empty() {
                    cell.push_str(T::joint_in(column));
                }
                cell.push_str(&entry.in_column());
            }
        }
        cell
    }
    fn beside(&self, columns: &[&str]) -> String {
        let mut cell = String::new();
        for entry in self {
            if !columns.contains(&&*entry.column()) {
                if !cell.is_empty() {
                    cell.push_str(T::JOINT);
                }
                cell.push_str(&entry.to_cell());
            }
        }
        cell
    }
    fn add(&mut self, column: &str, cell: &str, cx: &mut Cell<'_>) {
        let (mut pieces, mut entries) = (Vec::new(), Vec::new());
        for piece in T::cut_column(column, cell) {
            match T::from_column(column, piece) {
                Ok(entry) => {
                    pieces.push(piece);
                    entries.push(entry);
                }
                Err(message) => cx.say("table/cell-misread", Severity::Error, message),
            }
        }
        for at in List::add(self, entries) {
            cx.say("table/repeated-entry", Severity::Warning, repeated_entry(pieces[at], cell));
        }
    }
}
