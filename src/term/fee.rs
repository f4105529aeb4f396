//! What an office charges (收费).

use super::EntryText;
use super::reading::numbered;
use crate::cell::last_bracket;
use crate::{Record, Text};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A fee. A table's cell holds names alone; what a name says of the amount (`证书工本费（10元/证）`) stays in it, and
/// [`reading`](Self::reading) tells it apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "fee", text, key_with = canonical, joint = "\n")]
#[non_exhaustive]
pub struct Fee {
    /// What is charged (收费项目).
    pub name: EntryText,
    /// How much (收费标准).
    pub standard: Text,
    /// On which ground (收费依据).
    pub basis: Text,
}

impl Fee {
    /// A fee of this name.
    pub fn new(name: impl Into<EntryText>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// What the name holds besides a name; a standard that the fee has of its own goes before it.
    ///
    /// ```
    /// use qingdan::term::Fee;
    /// let fee = Fee::new("证书工本费（10元/证）");
    /// let reading = fee.reading();
    /// assert_eq!((reading.name, reading.standard), ("证书工本费", Some("10元/证")));
    /// assert_eq!((reading.amount, reading.per), (Some("10"), Some("证")));
    /// ```
    #[must_use]
    pub fn reading(&self) -> FeeReading<'_> {
        let (number, mut name) = numbered(&self.name);
        let mut standard = None;
        if let Some((at, inner)) = last_bracket(name).filter(|(at, _)| *at > 0) {
            let inner = name[inner].trim();
            if inner.contains('元') || matches!(inner, "免费" | "不收费" | "免征" | "暂免") {
                (standard, name) = (Some(inner), name[..at].trim_end());
            }
        } else if let Some((before, behind)) = name.split_once(['：', ':'])
            && behind.trim().starts_with(|c: char| c.is_ascii_digit())
            && behind.contains('元')
        {
            (standard, name) = (Some(behind.trim()), before.trim_end());
        }
        let standard = if self.standard.is_empty() { standard } else { Some(&*self.standard) };
        let (mut amount, mut per) = (None, None);
        if let Some((number, rest)) = standard.and_then(|text| text.split_once('元')) {
            let digits = number.trim();
            amount = Some(digits)
                .filter(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
            per = rest.trim().strip_prefix(['/', '／', '每']).map(str::trim).filter(|_| amount.is_some());
        }
        FeeReading { number, name, standard, amount, per }
    }
}

/// What is read in a fee's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FeeReading<'a> {
    /// Its number at the head, as written.
    pub number: Option<&'a str>,
    /// The name alone.
    pub name: &'a str,
    /// How much, as written.
    pub standard: Option<&'a str>,
    /// How many yuan, where one plain number says it.
    pub amount: Option<&'a str>,
    /// For what: 证 in 10元/证.
    pub per: Option<&'a str>,
}

fn canonical(fee: &Fee) -> Cow<'_, str> {
    fee.name.canonical()
}

impl fmt::Display for Fee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
impl FromStr for Fee {
    type Err = crate::problem::Message;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_charged_is_told_from_how_much() {
        let check =
            |text: &str, name: &str, standard: Option<&str>, amount: Option<&str>, per: Option<&str>| {
                let fee: Fee = text.parse().unwrap();
                assert_eq!(fee.to_string(), text);
                let r = fee.reading();
                assert_eq!((r.name, r.standard, r.amount, r.per), (name, standard, amount, per), "{text}");
            };
        check("证书工本费（10元/证）", "证书工本费", Some("10元/证"), Some("10"), Some("证"));
        check("1.登记费(每件80元)", "登记费", Some("每件80元"), None, None);
        check("登记费：80元/件", "登记费", Some("80元/件"), Some("80"), Some("件"));
        check("检验费（按标准）", "检验费（按标准）", None, None, None);
        check("登记费（免费）", "登记费", Some("免费"), None, None);
        check("无", "无", None, None, None);
        let mut fee = Fee::new("证书工本费（10元/证）");
        fee.standard = "5元".into();
        assert_eq!(fee.reading().amount, Some("5"));
    }
}
