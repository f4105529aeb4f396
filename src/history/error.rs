//! Why a history has no answer.

use crate::kind::{DifferentKinds, Unfinished};
use crate::mismatch::Mismatches;
use crate::problem::{Lang, Message, Problem};
use crate::term::Date;
use crate::watch::Stopped;

/// Why a history has no answer, or does not take an edition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HistoryError {
    /// An edition has no label.
    #[error("an edition of a history needs a label; give it one (--edition)")]
    NoLabel,
    /// Two editions would have one label.
    #[error("the history has an edition `{label}` already; a revision needs a label of its own")]
    LabelTaken {
        /// The label.
        label: String,
    },
    /// No edition has this label.
    #[error("no edition is labelled `{label}`; there are {}", .known.join(", "))]
    UnknownLabel {
        /// The label.
        label: String,
        /// The labels that there are.
        known: Vec<String>,
    },
    /// An edition does not say since when it is in force.
    #[error(
        "edition `{label}` says no day: neither when it is in force nor when it was published, and its label no year; give it one (--effective)"
    )]
    Undated {
        /// Its label.
        label: String,
    },
    /// A day before the first edition.
    #[error("{day} is before the first edition, `{first}` of {from}")]
    BeforeFirst {
        /// The day.
        day: Date,
        /// The label of the first edition.
        first: String,
        /// From when it is in force.
        from: Date,
    },
    /// No edition has an item of this id.
    #[error("no edition has an item {id}")]
    UnknownItem {
        /// The id.
        id: String,
    },
    /// A correction corrects nothing.
    #[error("the correction of edition `{label}` changes nothing")]
    NothingCorrected {
        /// The label.
        label: String,
    },
    /// A list of another kind.
    #[error(transparent)]
    OtherKind(#[from] DifferentKinds),
    /// Who watched it stopped it.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Decisions contradict themselves.
    #[error("the decisions contradict themselves: {}", .0.first().map(|p| p.line(Lang::En)).unwrap_or_default())]
    Decisions(Vec<Problem>),
    /// A record does not fit what is before it.
    #[error("the change that led to edition `{label}` does not fit the edition before it")]
    Misfit {
        /// The label.
        label: String,
        /// Every place where it does not.
        #[source]
        mismatches: Mismatches,
    },
}

impl HistoryError {
    /// What it says, in both languages.
    ///
    /// ```
    /// use qingdan::{history::HistoryError, problem::Lang};
    /// let error = HistoryError::UnknownItem { id: "A1".into() };
    /// assert_eq!(error.message().text(Lang::Zh), "历版都没有编码为A1的事项");
    /// assert_eq!(error.message().text(Lang::En), error.to_string());
    /// ```
    #[must_use]
    #[inline]
    pub fn message(&self) -> Message {
        let zh = match self {
            Self::NoLabel => "历史中的版次须有标签；请用 --edition 指明".to_owned(),
            Self::LabelTaken { label } => format!("历史中已有“{label}”版；修订版须另用标签"),
            Self::UnknownLabel { label, known } => format!("没有“{label}”版；有{}", known.join("、")),
            Self::Undated { label } => {
                format!("“{label}”版没有日期：施行、发布日期均无，标签也不含年份；请用 --effective 指明")
            }
            Self::BeforeFirst { day, first, from } => format!("{day}在首版“{first}”（{from}）之前"),
            Self::UnknownItem { id } => format!("历版都没有编码为{id}的事项"),
            Self::NothingCorrected { label } => format!("对“{label}”版的更正没有改变任何内容"),
            Self::Stopped(_) => "未完成，已中止".to_owned(),
            Self::OtherKind(kinds) => kinds.message().zh,
            Self::Decisions(problems) => {
                let first = problems.iter().find(|problem| problem.is_error());
                format!("结论自相矛盾：{}", first.map(|problem| problem.line(Lang::Zh)).unwrap_or_default())
            }
            Self::Misfit { label, .. } => format!("“{label}”版的变更与其前一版不符"),
        };
        Message::new(zh, self.to_string())
    }
}

impl From<Unfinished> for HistoryError {
    #[inline]
    fn from(unfinished: Unfinished) -> Self {
        match unfinished {
            Unfinished::DifferentKinds(kinds) => kinds.into(),
            Unfinished::Stopped(stopped) => stopped.into(),
        }
    }
}
