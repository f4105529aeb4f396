//! How long an office may take (法定办结时限, 承诺办结时限).

use crate::codes::LimitUnit;
use crate::problem::Message;
use crate::{Record, Text};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A time limit: an amount of a unit, or a text that says it otherwise.
///
/// `20个工作日`, `30(工作日)`, `91（自然日）` and `60日` are read; a plain 日 is a day as written (what kind of
/// day is not said). What is read differently from how it would be written is kept in `text`, so that
/// nothing is lost; two limits of one amount and unit are equal in normal form. Other texts
/// (告知承诺制：20个工作日) are kept whole.
///
/// ```
/// use qingdan::{codes::LimitUnit, term::TimeLimit, value::alike};
/// let limit: TimeLimit = "30(工作日)".parse().unwrap();
/// assert_eq!((limit.amount, limit.unit.clone()), (Some(30), Some(LimitUnit::WorkingDay)));
/// assert!(alike(&limit, &"30个工作日".parse().unwrap()));
/// assert_eq!(limit.to_string(), "30(工作日)");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "time-limit", atom, text, normal_with = canonical)]
#[non_exhaustive]
pub struct TimeLimit {
    /// How many units.
    pub amount: Option<u32>,
    /// Of which unit.
    pub unit: Option<LimitUnit>,
    /// As written, where it is not written as amount and unit would be.
    pub text: Text,
}

impl TimeLimit {
    /// A limit of so many units.
    #[must_use]
    pub fn new(amount: u32, unit: LimitUnit) -> Self {
        Self { amount: Some(amount), unit: Some(unit), text: Text::default() }
    }
    fn as_amount(&self) -> Option<String> {
        let (amount, unit) = (self.amount?, self.unit.as_ref()?);
        let measure = match unit {
            LimitUnit::WorkingDay | LimitUnit::CalendarDay | LimitUnit::Month | LimitUnit::Hour => "个",
            _ => "",
        };
        Some(format!("{amount}{measure}{unit}"))
    }
}

fn canonical(limit: &TimeLimit) -> Cow<'_, str> {
    match limit.as_amount() {
        Some(text) => Cow::Owned(text),
        None => crate::text::normal(&limit.text),
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_amount() {
            Some(text) if self.text.is_empty() => f.write_str(&text),
            _ => f.write_str(&self.text),
        }
    }
}

impl FromStr for TimeLimit {
    type Err = Message;
    fn from_str(text: &str) -> Result<Self, Message> {
        let form = crate::text::normal(text);
        let digits = form.find(|c: char| !c.is_ascii_digit()).unwrap_or(form.len());
        let (number, unit) = form.split_at(digits);
        let unit = unit.strip_prefix('个').unwrap_or(unit);
        let unit = unit.strip_prefix('(').and_then(|u| u.strip_suffix(')')).unwrap_or(unit);
        let mut limit = Self::default();
        if let (Ok(amount), Ok(unit)) = (number.parse(), unit.parse::<LimitUnit>())
            && !matches!(unit, LimitUnit::Other(_))
        {
            limit = Self::new(amount, unit);
        }
        if limit.to_string() != text {
            limit.text = text.into();
        }
        Ok(limit)
    }
}

/// By amount, where both have one of the same unit.
impl PartialOrd for TimeLimit {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.amount, other.amount) {
            (Some(a), Some(b)) if self.unit == other.unit && self.unit.is_some() => {
                // Equal amounts written differently are no equal values.
                (a != b || self == other).then(|| a.cmp(&b))
            }
            _ => (self == other).then_some(Ordering::Equal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_as_lists_write_them() {
        let check = |text: &str, amount: Option<u32>, unit: Option<LimitUnit>| {
            let limit: TimeLimit = text.parse().unwrap();
            assert_eq!((limit.amount, &limit.unit), (amount, &unit), "{text}");
            assert_eq!(limit.to_string(), text);
        };
        check("20个工作日", Some(20), Some(LimitUnit::WorkingDay));
        check("20工作日", Some(20), Some(LimitUnit::WorkingDay));
        check("91（自然日）", Some(91), Some(LimitUnit::CalendarDay));
        check("60日", Some(60), Some(LimitUnit::Day));
        check("即办", None, None);
        check("告知承诺制：20个工作日\n非告知承诺制:10个工作日", None, None);
        check("99999999999个工作日", None, None);
    }
}
