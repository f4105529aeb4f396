//! All tests of the crate from outside: one binary, so that it links once.

mod documents;
mod generated;
mod laws;
mod order_merges;
#[cfg(feature = "csv")]
mod programs;
#[cfg(feature = "csv")]
mod real_lists;
#[cfg(feature = "csv")]
mod tables;
