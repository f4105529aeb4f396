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

    /// Which way of handing on: as stated, else the first that the text names.
    ///
    /// ```
    /// use qingdan::{codes::DelegationKind, term::Delegation};
    /// assert_eq!(Delegation::new("委托各县（区）林草局实施").way(), Some(DelegationKind::Entrusted));
    /// assert_eq!(Delegation::new("各县（区）").way(), None);
    /// ```
    #[must_use]
    pub fn way(&self) -> Option<DelegationKind> {
        self.kind.clone().or_else(|| {
            let named =
                DelegationKind::ALL.iter().filter_map(|kind| Some((self.text.find(kind.label())?, kind)));
            named.min_by_key(|(at, _)| *at).map(|(_, kind)| kind.clone())
        })
    }
}

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
