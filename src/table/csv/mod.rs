//! CSV and TSV tables.
//!
//! The row layer ([`Rows`], [`Writer`]) knows what goes wrong in CSV files of real offices: a byte order
//! mark, GB18030 and UTF-16, line ends within cells, a quote that is never closed, text after a closing
//! quote. Above it [`read`] and [`write()`] know headers, fields and cells.

mod checked;
mod dialect;
mod error;
mod mark;
mod read;
mod rows;
mod scan;
mod sniff;
#[cfg(test)]
mod tests;
mod write;
mod write_list;

pub use checked::Checked;
pub use dialect::{Delimiter, Dialect, Encoding};
pub use error::{Looks, Place, RowsError};
pub use mark::{mark, unmark};
pub(crate) use read::problem_of;
pub use read::{Options, read};
pub use rows::{Row, Rows};
pub use write::Writer;
pub use write_list::write;
