//! A day of the calendar.

use crate::problem::{Message, shortened};
use crate::value::{Atom, NeverEmpty};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A day, as 2024-11-10 (ISO 8601, RFC 3339 `full-date`). Reads 2024年11月10日, 2024/11/10, 2024.11.10 and
/// 20241110 too, and the midnight of a day that a database wrote (2024-11-10 00:00:00).
///
/// ```
/// use qingdan::term::Date;
/// let date: Date = "2024年11月10日".parse().unwrap();
/// assert_eq!(date.to_string(), "2024-11-10");
/// assert!("2024-02-30".parse::<Date>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The day that many days after 1970-01-01; the last or the first that the calendar has where it has no such day.
    #[must_use]
    pub fn from_days_since_1970(days: i64) -> Self {
        let start = jiff::civil::date(1970, 1, 1);
        let span = jiff::Span::new().try_days(days).unwrap_or_default();
        Self(start.saturating_add(span))
    }
    /// A day as documents have it, and in no other spelling.
    pub(super) fn written(text: &str) -> Result<Self, NotADate> {
        let is_written = text.len() == 10
            && text.bytes().enumerate().all(|(i, b)| match i {
                4 | 7 => b == b'-',
                _ => b.is_ascii_digit(),
            });
        if is_written { text.parse() } else { Err(NotADate) }
    }
    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }
    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }
    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text is no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day of the calendar; write it as 2024-11-10")]
pub struct NotADate;

impl NotADate {
    /// The same with the text, in both languages.
    pub(super) fn about(&self, text: &str) -> Message {
        let text = shortened(text, 40);
        Message::new(format!("“{text}”不是日历上的一天；请写成 2024-11-10"), format!("`{text}`: {self}"))
    }
}

impl FromStr for Date {
    type Err = NotADate;
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let text = without_midnight(text.trim());
        let day = |y: &str, m: &str, d: &str| {
            let (year, month, day) = (y.parse().ok()?, m.parse().ok()?, d.parse().ok()?);
            jiff::civil::Date::new(year, month, day).ok().map(Self)
        };
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let date = if digits && text.len() == 8 {
            day(&text[..4], &text[4..6], &text[6..])
        } else {
            let parts: Vec<&str> = text
                .strip_suffix('日')
                .unwrap_or(text)
                .split(['-', '/', '.', '年', '月'])
                .map(str::trim)
                .collect();
            match parts[..] {
                [y, m, d] if y.len() == 4 => day(y, m, d),
                _ => None,
            }
        };
        date.ok_or(NotADate)
    }
}

/// A day without the beginning of it, which platforms write behind it.
fn without_midnight(text: &str) -> &str {
    let Some((day, time)) = text.split_once([' ', 'T']) else { return text };
    let time = time.trim().trim_end_matches('Z');
    let parts = || time.split([':', '.']);
    let is_midnight = parts().count() > 1 && parts().all(|part| matches!(part, "0" | "00" | "000"));
    if is_midnight { day } else { text }
}

impl NeverEmpty for Date {}

impl Atom for Date {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
    fn to_json(&self) -> serde_json::Value {
        self.to_string().into()
    }
    fn from_text(text: &str) -> Result<Self, Message> {
        text.parse().map_err(|error: NotADate| error.about(text))
    }
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("Date")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
/// As it is written (2024-11-10): other spellings are for tables alone.
impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::written(&text).map_err(|error| serde::de::Error::custom(format_args!("`{text}`: {error}")))
    }
}
impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Not `format: date`: quicktype makes a moment of it in some languages, which is written otherwise.
        json_schema!({
            "description": "A day of the calendar (2024-11-10).",
            "type": "string",
            "pattern": format!("^{DAY}$"),
        })
    }
}

/// A day as documents have it.
pub(super) const DAY: &str = "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))";
