//! What an office knows beside its lists: deviations that it accepts, legal texts and what became of them.

use crate::codes::ActStatus;
use crate::term::Date;
use crate::{Map, Record, Text};

/// A finding that somebody looked at and lets stand (`--accept`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "accepted")]
#[non_exhaustive]
pub struct Accepted {
    /// Id of the rule whose finding it is.
    #[record(column("rule", "规则"))]
    pub rule: Text,
    /// Id of the item; empty: of every item.
    #[record(column("item", "事项", "事项编码"))]
    pub item: Text,
    /// Name or header of the field; empty: of every field.
    #[record(column("field", "字段"))]
    pub field: Text,
    /// Why it stands.
    #[record(column("reason", "理由"))]
    pub reason: Text,
    /// Last day on which it does.
    #[record(column("until", "截止日期"))]
    pub until: Option<Date>,
    /// Columns that are none of these.
    pub extra: Map<Text>,
}

/// What became of a legal text (`--repealed`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "legal-status")]
#[non_exhaustive]
pub struct LegalStatus {
    /// Its title.
    #[record(column("title", "名称", "标题"))]
    pub title: Text,
    /// Its number (国务院令第426号).
    #[record(column("number", "文号"))]
    pub number: Text,
    /// What became of it.
    #[record(column("status", "效力状态", "状态"))]
    pub status: Option<ActStatus>,
    /// From which day on.
    #[record(column("date", "日期"))]
    pub date: Option<Date>,
    /// Title of the text that replaces it.
    #[record(column("replaced_by", "替代文件"))]
    pub replaced_by: Text,
    /// Whatever else.
    #[record(column("note", "备注"))]
    pub note: Text,
    /// Columns that are none of these.
    pub extra: Map<Text>,
}
