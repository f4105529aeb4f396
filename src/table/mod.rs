//! Tables: headers, fields, cells. Each format is a feature of its own.

mod columns;
#[cfg(feature = "csv")]
pub mod csv;

pub use columns::{ColumnNames, NotColumns};
