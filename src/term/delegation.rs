//! Handing a power on to another body (委托, 下放, 赋权).

use crate::codes::DelegationKind;
use crate::term::Date;
use crate::text::normal;
use crate::{Record, Text};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// That a power is exercised by another body, and on which ground. A table's cell holds the text alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "delegation", text, key_with = canonical, joint = "\n")]
#[non_exhaustive]
pub struct Delegation {
    /// What the list says of it, as written.
    pub text: Text,
    /// Which way of handing on (委托, 下放, 赋权, 授权).
    pub kind: Option<DelegationKind>,
    /// Who hands on.
    pub from: Text,
    /// To whom.
    pub to: Text,
    /// The decision or the agreement (依据文件).
    pub document: Text,
    /// Since when.
    pub since: Option<Date>,
    /// Until when: pilots run out.
    pub until: Option<Date>,
}

impl Delegation {
    /// What a list says of it.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Whether it says that the power is handed on: 否, 未下放, 不委托, 取消委托, 收回 say that it is not, 承接省级下放 that it was received.
    ///
    /// ```
    /// use qingdan::term::Delegation;
    /// assert!(Delegation::new("委托各县（区）林草局实施").hands_on() && Delegation::new("各县（区）").hands_on());
    /// assert!(!Delegation::new("未下放").hands_on() && !Delegation::new("收回").hands_on());
    /// ```
    #[must_use]
    pub fn hands_on(&self) -> bool {
        let text = normal(&self.text);
        let named = self.kind.is_some() || !self.to.is_empty();
        let not = || NOT.iter().any(|word| text.starts_with(word)) || self.is_taken_back();
        named || !text.is_empty() && !not()
    }

    /// Whether it says that what was handed on was taken back (收回).
    #[must_use]
    pub fn is_taken_back(&self) -> bool {
        let text = normal(&self.text);
        TAKEN_BACK.iter().any(|word| text.starts_with(word))
    }

    /// Which way of handing on: as stated, else the first that the text names.
    ///
    /// ```
    /// use qingdan::{codes::DelegationKind, term::Delegation};
    /// assert_eq!(Delegation::new("委托各县（区）林草局实施").way(), Some(DelegationKind::Entrusted));
    /// assert_eq!(Delegation::new("各县（区）").way(), None);
    /// ```
    #[must_use]
    pub fn way(&self) -> Option<DelegationKind> {
        if !self.hands_on() {
            return None;
        }
        self.kind.clone().or_else(|| {
            let named =
                DelegationKind::ALL.iter().filter_map(|kind| Some((self.text.find(kind.label())?, kind)));
            named.min_by_key(|(at, _)| *at).map(|(_, kind)| kind.clone())
        })
    }
}

/// What a text begins with that says that what was handed on was taken back.
const TAKEN_BACK: [&str; 2] = ["收回", "上收"];
/// What a text begins with that says that nothing is handed on (general knowledge of such columns).
const NOT: [&str; 22] = [
    "否",
    "无",
    "不",
    "未",
    "没有",
    "暂不",
    "暂未",
    "尚未",
    "取消",
    "终止",
    "停止",
    "中止",
    "撤销",
    "解除",
    "结束",
    "恢复",
    "承接",
    "承担",
    "接受",
    "受托",
    "受委托",
    "—",
];

/// The text, or where there is none the body that exercises the power.
fn canonical(delegation: &Delegation) -> Cow<'_, str> {
    normal(if delegation.text.is_empty() { &delegation.to } else { &delegation.text })
}

impl fmt::Display for Delegation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.text.is_empty() { &self.to } else { &self.text })
    }
}
impl FromStr for Delegation {
    type Err = crate::problem::Message;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
    }
}
