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
/// nothing is lost (a note as in 20个工作日（不含公示时间） too); two limits of one amount and unit, and one note, are equal
/// in normal form. Other texts
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

    /// The conditions that the limit distinguishes, each with its limit; one without a condition for a plain limit, none
    /// where no amount is stated. Read anew on every call.
    ///
    /// ```
    /// use qingdan::term::TimeLimit;
    /// let limit: TimeLimit = "告知承诺制：20个工作日\n非告知承诺制:10个工作日".parse().unwrap();
    /// let cases: Vec<_> = limit.cases().into_iter().map(|case| (case.condition, case.amount)).collect();
    /// assert_eq!(cases, [("告知承诺制".to_owned(), Some(20)), ("非告知承诺制".to_owned(), Some(10))]);
    /// ```
    #[must_use]
    pub fn cases(&self) -> Vec<LimitCase> {
        if self.amount.is_some() {
            let note = self.note().unwrap_or_default().to_owned();
            return vec![LimitCase {
                condition: String::new(),
                amount: self.amount,
                unit: self.unit.clone(),
                note,
            }];
        }
        let pieces = crate::cell::cut(&self.text, &['；', ';', '\n', '\r', '，', '。']);
        let cases: Vec<LimitCase> = pieces.into_iter().map(LimitCase::read).collect();
        if cases.iter().any(|case| case.amount.is_some()) { cases } else { Vec::new() }
    }

    /// What a bracket behind the amount adds: 不含公示时间.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.amount?;
        let (_, inner) = crate::cell::last_bracket(self.text.trim_end())?;
        let inner = self.text[inner].trim();
        let is_unit = matches!(inner.parse::<LimitUnit>(), Ok(unit) if !matches!(unit, LimitUnit::Other(_)));
        (!is_unit && !inner.is_empty()).then_some(inner)
    }

    /// Whether it is settled at once: 即办, 当场办结, or no time at all.
    #[must_use]
    pub fn is_immediate(&self) -> bool {
        if let Some(amount) = self.amount {
            return amount == 0;
        }
        let words = [
            "即办",
            "即办件",
            "即时办结",
            "即时办理",
            "当场办结",
            "当场办理",
            "当场",
            "当场办",
            "立即办理",
            "立等可取",
            "0",
        ];
        words.contains(&&*crate::text::normal(&self.text))
    }

    /// Whether it is longer than another, where both state an amount of one unit; `None` otherwise. 无, 不限 and `-1` say
    /// nothing.
    #[must_use]
    pub fn is_longer_than(&self, other: &Self) -> Option<bool> {
        let comparable = self.unit.is_some() && self.unit == other.unit;
        let (one, other) = (self.amount?, other.amount?);
        comparable.then_some(one > other)
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
        // What a bracket adds is part of what the limit says.
        Some(text) if limit.note().is_none() => Cow::Owned(text),
        _ => crate::text::normal(&limit.text),
    }
}

/// One case of a limit that distinguishes several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitCase {
    /// When it applies (告知承诺制); empty: always. Where no amount was read, all that was written.
    pub condition: String,
    /// How many units.
    pub amount: Option<u32>,
    /// Of which unit.
    pub unit: Option<LimitUnit>,
    /// What a bracket behind the amount adds.
    pub note: String,
}

impl LimitCase {
    fn read(text: &str) -> Self {
        let limited = |condition: &str, limit: TimeLimit| {
            let note = limit.note().unwrap_or_default().to_owned();
            Self { condition: condition.trim().to_owned(), amount: limit.amount, unit: limit.unit, note }
        };
        if let Some((condition, behind)) = text.split_once(['：', ':'])
            && let Ok(limit) = behind.trim().parse::<TimeLimit>()
            && limit.amount.is_some()
        {
            return limited(condition, limit);
        }
        match text.parse::<TimeLimit>() {
            Ok(limit) if limit.amount.is_some() => limited("", limit),
            _ => Self { condition: text.to_owned(), ..Self::default() },
        }
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
        // The unit, in brackets or not; what a bracket behind it adds stays in the text.
        let unit = match unit.strip_prefix('(') {
            Some(inner) => match inner.split_once(')') {
                Some((unit, rest)) if rest.is_empty() || is_bracket(rest) => unit,
                _ => "",
            },
            None => match unit.find('(') {
                Some(at) if is_bracket(&unit[at..]) => &unit[..at],
                _ => unit,
            },
        };
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

/// Whether a text in normal form is one bracket that says something.
fn is_bracket(text: &str) -> bool {
    text.len() > 2 && crate::cell::last_bracket(text).is_some_and(|(at, _)| at == 0)
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
        check("30(工作日)", Some(30), Some(LimitUnit::WorkingDay));
        check("91(自然日)", Some(91), Some(LimitUnit::CalendarDay));
        check("60日", Some(60), Some(LimitUnit::Day));
        check("1个月", Some(1), Some(LimitUnit::Month));
        check("20个工作日（不含公示时间）", Some(20), Some(LimitUnit::WorkingDay));
        check("30(工作日)（不含专家评审）", Some(30), Some(LimitUnit::WorkingDay));
        for unknown in ["-1", "无", "不限", "视情况", "0", "20个工作日（", "（工作日）", "20"]
        {
            check(unknown, None, None);
        }
    }

    fn limit(text: &str) -> TimeLimit {
        text.parse().unwrap()
    }

    #[test]
    fn cases_are_told_apart() {
        let shown = |text: &str| {
            let show = |case: LimitCase| {
                let amount = case.amount.map(|n| n.to_string()).unwrap_or_default();
                let unit = case.unit.map(|unit| unit.to_string()).unwrap_or_default();
                format!("{}|{amount}{unit}|{}", case.condition, case.note)
            };
            limit(text).cases().into_iter().map(show).collect::<Vec<_>>()
        };
        assert_eq!(
            shown("告知承诺制：20个工作日\n非告知承诺制:10个工作日"),
            ["告知承诺制|20工作日|", "非告知承诺制|10工作日|"]
        );
        assert_eq!(shown("新办：30日；变更：5个工作日（不含公示）"), ["新办|30日|", "变更|5工作日|不含公示"]);
        assert_eq!(shown("新办：30日；延续另行规定"), ["新办|30日|", "延续另行规定||"]);
        assert_eq!(shown("20个工作日（不含公示时间）"), ["|20工作日|不含公示时间"]);
        for none in ["即办", "无", "-1", "视情况", ""] {
            assert_eq!(shown(none), Vec::<String>::new(), "{none}");
        }
    }

    #[test]
    fn what_is_settled_at_once_is_told() {
        for text in ["即办", "当场办结", "0", "0个工作日", " 即办 "] {
            assert!(limit(text).is_immediate(), "{text}");
        }
        for text in ["-1", "无", "1个工作日", "不限", "10", ""] {
            assert!(!limit(text).is_immediate(), "{text}");
        }
    }

    #[test]
    fn limits_are_compared_in_one_unit_only() {
        let longer = |one: &str, other: &str| limit(one).is_longer_than(&limit(other));
        assert_eq!(longer("20个工作日", "10(工作日)"), Some(true));
        assert_eq!(longer("10个工作日", "10(工作日)"), Some(false));
        assert_eq!(longer("5个工作日（不含公示时间）", "10个工作日"), Some(false));
        assert_eq!(longer("20个工作日", "20日"), None);
        assert_eq!(longer("20个工作日", "无"), None);
        assert_eq!(longer("-1", "-1"), None);
        assert_eq!(longer("20", "10"), None);
    }

    #[test]
    fn a_note_is_no_matter_of_spelling() {
        use crate::value::alike;
        assert!(alike(&limit("20个工作日"), &limit("20(工作日)")));
        assert!(!alike(&limit("20个工作日"), &limit("20个工作日（不含公示时间）")));
        assert!(alike(&limit("20个工作日(不含公示时间)"), &limit("20个工作日（不含公示时间）")));
    }
}
