//! Reports of differences, for people and for programs.
//!
//! Each report is one function that writes [`Differences`](crate::diff::Differences) to a writer:
//! [`text`] and [`markdown`] for people, [`csv()`] for spreadsheets, [`json`] for programs. What people
//! read is told once, in `outline.rs`: figures, sections and annexes are the same in every format. The yearly report
//! of all lists ([`annual_text`] and its kin) is told once in `annual.rs`, lists side by side ([`align_text`]) in `align.rs`.
//!
//! ```
//! use qingdan::{AnyCatalogue, Catalogue, LicensingItem, Pairs, diff::Comparing, problem::Lang, report};
//! let mut old = Catalogue::<LicensingItem>::default();
//! old.items.push(LicensingItem::new("000117001000", "林木采伐许可")).unwrap();
//! let mut new = old.clone();
//! new.items.update("000117001000", |item| item.name = "林木采伐许可证核发".into()).unwrap();
//! let (old, new) = (AnyCatalogue::from(old), AnyCatalogue::from(new));
//! let changes = old.changes_to(&new, &Pairs::none())?;
//! let differences = changes.differences(&old, &new, &Comparing::default())?;
//! let mut options = report::TextOptions::default();
//! options.lang = Lang::Zh;
//! let mut page = Vec::new();
//! report::text(&differences, &options, &mut page)?;
//! let page = String::from_utf8(page)?;
//! assert!(page.contains("一、名称调整（共1项）"));
//! assert!(page.contains("林木采伐许可〔＋证核发＋〕"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod align;
mod annual;
#[cfg(feature = "html")]
mod bars;
mod blocks;
mod check;
#[cfg(feature = "csv")]
mod csv;
#[cfg(feature = "html")]
mod graph;
mod history;
mod json;
mod markdown;
mod merge;
mod outline;
#[cfg(feature = "html")]
mod page;
mod pieces;
mod rebase;
#[cfg(test)]
mod tests;
mod text;
mod words;

#[cfg(feature = "csv")]
pub use self::csv::csv;
pub(crate) use align::AlignDocument;
#[cfg(feature = "csv")]
pub use align::align_csv;
#[cfg(feature = "html")]
pub use align::align_html;
pub use align::{ALIGN_FORMAT, align_json, align_markdown, align_text};
#[cfg(feature = "html")]
pub use annual::annual_html;
pub use annual::{ANNUAL_FORMAT, annual_json, annual_markdown, annual_text};
pub(crate) use check::CheckDocument;
pub use check::{CHECK_FORMAT, CheckOptions, check_json, check_text, rules};
#[cfg(feature = "csv")]
pub use history::history_log_csv;
pub use history::{
    CITATION_FORMAT, HISTORY_LOG_FORMAT, LINEAGE_FORMAT, TIMELINE_FORMAT, TODAY_FORMAT, citation_json,
    citation_text, history_json, history_log_json, history_markdown, history_text, lineage_json,
    lineage_markdown, lineage_text, today_json, today_text,
};
pub(crate) use history::{LineageDocument, TimelineDocument};
#[cfg(feature = "html")]
pub use history::{history_html, lineage_html};
pub use json::json;
pub use markdown::markdown;
pub use merge::{PORTFOLIO_MERGE_FORMAT, merge_json, merge_text, portfolio_merge_json, portfolio_merge_text};
pub use outline::selection;
pub use rebase::{rebase_json, rebase_text};
pub use text::{Colour, TextOptions, text};

/// The format of a comparison's JSON.
pub const DIFF_FORMAT: &str = "qingdan/diff/1";
