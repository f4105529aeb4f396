//! All tests of the crate from outside: one binary, so that it links once.

#[cfg(feature = "csv")]
mod align;
mod annual;
#[cfg(feature = "csv")]
mod checks;
mod documents;
mod events;
mod floors;
mod generated;
mod government;
mod history;
#[cfg(feature = "csv")]
mod history_real;
#[cfg(feature = "csv")]
mod kinds;
mod laws;
#[cfg(feature = "csv")]
mod legal_bases;
#[cfg(feature = "csv")]
mod linking;
#[cfg(feature = "csv")]
mod list_history;
#[cfg(feature = "csv")]
mod list_merge;
mod matching;
mod merging;
#[cfg(feature = "csv")]
mod old_codes;
mod order_merges;
#[cfg(feature = "csv")]
mod programs;
#[cfg(feature = "csv")]
mod real_lists;
#[cfg(feature = "csv")]
mod rebase_story;
mod rebasing;
mod schemas;
#[cfg(feature = "csv")]
mod tables;
#[cfg(feature = "csv")]
mod upper;
mod watching;
