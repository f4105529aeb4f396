//! Tables: headers, fields, cells. Each format is a feature of its own.

#[cfg_attr(not(feature = "csv"), expect(dead_code, reason = "what no format asks for"))]
pub(crate) mod columns;
#[cfg(feature = "csv")]
pub mod csv;
#[cfg_attr(not(feature = "csv"), expect(dead_code, reason = "what no format asks for"))]
pub(crate) mod layout;

pub use columns::{ColumnNames, MissingColumns, NotColumns};
