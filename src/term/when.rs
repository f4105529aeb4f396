//! A time as lists tell it: a day, or words.

use super::Date;
use super::date::{DAY, NotADate};
use crate::problem::Message;
use crate::text_atom::Text;
use crate::value::{Atom, NeverEmpty};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// When something begins, ends or was done: a [`Date`], or where a list tells no day, its words (2024年6月, 2024-06, 第三季度,
/// 自2024年1月1日起5年, 长期). What is written as a day and is none (2024年2月30日) is neither.
///
/// ```
/// use qingdan::term::When;
/// let when: When = "2024年11月10日".parse().unwrap();
/// assert_eq!(when.day().unwrap().year(), 2024);
/// let when: When = "长期".parse().unwrap();
/// assert_eq!((when.day(), when.to_string().as_str()), (None, "长期"));
/// assert!("2024年2月30日".parse::<When>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct When(Told);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Told {
    Day(Date),
    Words(Text),
}

impl When {
    /// The day, where it is one.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        match self.0 {
            Told::Day(day) => Some(day),
            Told::Words(_) => None,
        }
    }
    fn in_words(text: &str) -> Result<Self, NotADate> {
        if is_in_words(text) { Ok(Self(Told::Words(text.into()))) } else { Err(NotADate) }
    }
}

impl From<Date> for When {
    fn from(day: Date) -> Self {
        Self(Told::Day(day))
    }
}

/// Words of which one says that a text tells a time.
const WORDS: [&str; 8] = ["季", "旬", "至", "长期", "永久", "永远", "期限", "待定"];

/// Whether a text that is no day tells a time all the same. One of years and months does, but where it ends as a day does. The
/// schema says the same as a pattern.
fn is_in_words(text: &str) -> bool {
    let of_months = text.contains(['年', '月']) && !text.ends_with(['日', '号']);
    of_months || WORDS.iter().any(|word| text.contains(word)) || is_month(text)
}

/// 2024-06.
fn is_month(text: &str) -> bool {
    text.split_once(['-', '.', '/']).is_some_and(|(year, month)| {
        let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        year.len() == 4
            && is_number(year)
            && matches!(month.len(), 1 | 2)
            && is_number(month)
            && matches!(month.parse(), Ok(1..=12_u32))
    })
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Told::Day(day) => day.fmt(f),
            Told::Words(words) => words.fmt(f),
        }
    }
}

impl FromStr for When {
    type Err = NotADate;
    fn from_str(text: &str) -> Result<Self, NotADate> {
        text.parse::<Date>().map(Self::from).or_else(|_| Self::in_words(text.trim()))
    }
}

impl NeverEmpty for When {}

impl Atom for When {
    fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Told::Day(day) => Cow::Owned(day.to_string()),
            Told::Words(words) => Cow::Borrowed(words.as_str()),
        }
    }
    fn to_json(&self) -> serde_json::Value {
        self.to_string().into()
    }
    fn from_text(text: &str) -> Result<Self, Message> {
        text.parse().map_err(|error: NotADate| error.about(text))
    }
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("When")
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Told::Day(day) => day.serialize(serializer),
            Told::Words(words) => serializer.serialize_str(words.as_str()),
        }
    }
}

/// A day as it is written (2024-11-10): other spellings are for tables alone. Words as they are.
impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let when = Date::written(&text).map(Self::from).or_else(|_| Self::in_words(&text));
        when.map_err(|error| serde::de::Error::custom(format_args!("`{text}`: {error}")))
    }
}

impl JsonSchema for When {
    fn schema_name() -> Cow<'static, str> {
        "When".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words = WORDS.join("|");
        json_schema!({
            "description": "A day of the calendar (2024-11-10), or a time in words (2024年6月, 长期).",
            "type": "string",
            "pattern": format!("^{DAY}$|{words}|[年月]([\\s\\S]*[^日号])?$|^[0-9]{{4}}[./-](0?[1-9]|1[0-2])$"),
        })
    }
}
