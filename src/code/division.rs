//! 行政区划代码: GB/T 2260, GB/T 10114, and the statistical code.

use std::str::FromStr;

use super::ascii::{Ascii, Class, Shape};
use super::{CodeError, Strictness, text_code};
use crate::codes::Level;

const SIX: Shape = Shape { code: "division code", length: "6, 9 or 12", classes: &[(6, Class::Digit)] };
const NINE: Shape = Shape { classes: &[(9, Class::Digit)], ..SIX };
const TWELVE: Shape = Shape { classes: &[(12, Class::Digit)], ..SIX };

/// Provinces of GB/T 2260, with 66 (the Xinjiang corps) and 83 (Taiwan) of the platforms' own table.
const PROVINCES: &[&str] = &[
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42",
    "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "66", "71", "81",
    "82", "83",
];

/// 北京, 天津, 上海, 重庆.
const MUNICIPALITIES: &[&str] = &["11", "12", "31", "50"];

/// Whether two digits are a province's.
#[inline]
pub(super) fn is_province(prefix: &str) -> bool {
    PROVINCES.contains(&prefix)
}

/// Code of an administrative division (行政区划代码): 6 digits (GB/T 2260: province, prefecture, county, two each), 9
/// (GB/T 10114: three more for the township) or 12 (statistics: three more for the village).
///
/// A code keeps its length: `630202000000` and `630202` are two texts for one place, which [`short`](Self::short)
/// makes one. There is no check digit. Nothing is said of whether the place exists, or existed when.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode(Ascii<12>);

text_code!(DivisionCode, "division code", "[0-9]{6}(?:[0-9]{3}){0,2}");

impl FromStr for DivisionCode {
    type Err = CodeError;

    #[inline]
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let shape = match text.chars().take(13).count() {
            6 => SIX,
            9 => NINE,
            12 => TWELVE,
            _ => return Err(SIX.wrong_length(text)),
        };
        shape.hold(text).map(Self)
    }
}

impl DivisionCode {
    /// Takes the division out of a longer code, whose parsing has checked it.
    #[inline]
    pub(super) fn held(text: Ascii<12>) -> Self {
        Self(text)
    }

    /// The two digits of the province.
    #[must_use]
    #[inline]
    pub fn province(&self) -> &str {
        self.0.part(1, 2)
    }

    /// The division's level, by its longest prefix that is not zeros: `630200` is a city's, `441900003000` a
    /// township's (Dongguan has no counties).
    ///
    /// `100000` and zeros are the nation. The codes that only group (`110100` 市辖区, `419000` 省直辖县级) count as
    /// cities.
    #[must_use]
    #[inline]
    pub fn level(&self) -> Level {
        let filled = |from, to| self.0.part(from, to).contains(|c| c != '0');
        if filled(10, 12) {
            Level::Village
        } else if filled(7, 9) {
            Level::Township
        } else if filled(5, 6) {
            Level::County
        } else if filled(3, 4) {
            Level::City
        } else if matches!(self.province(), "00" | "10") {
            Level::National
        } else {
            Level::Province
        }
    }

    /// The division above, of the same length; of a province and of the nation, none.
    ///
    /// A county directly under its province (positions 3 and 4 are `90`) has the province for a parent, and so has a
    /// district or county of a municipality: there is no city between them, `110100` and `110200` only group.
    #[must_use]
    #[inline]
    pub fn parent(&self) -> Option<Self> {
        let keep = match self.level() {
            Level::Village => 9,
            Level::Township => 6,
            Level::County if self.is_under_province() => 2,
            Level::County => 4,
            Level::City => 2,
            _ => return None,
        };
        let text = format!("{:0<width$}", self.0.part(1, keep), width = self.as_str().len());
        text.parse().ok()
    }

    /// The shortest code of the same place: without trailing groups of zeros, down to six digits.
    #[must_use]
    #[inline]
    pub fn short(&self) -> Self {
        let mut text = self.as_str();
        while text.len() > 6
            && let Some(less) = text.strip_suffix("000")
        {
            text = less;
        }
        text.parse().unwrap_or(*self)
    }

    /// What 市级 means in a text that this division issues, for [`read_levels`](crate::codes::read_levels).
    ///
    /// A municipality and what belongs to it write 市 for the province's level. A county-level city writes it for its
    /// own: positions 5 and 6 are 81 to 99, or 01 to 20 in a prefecture, autonomous prefecture or league (positions 3
    /// and 4 are 21 to 50) or directly under the province (90). Everywhere else 市 is the prefecture's level.
    #[must_use]
    #[inline]
    pub fn city_level(&self) -> Level {
        let number = |from, to| self.0.part(from, to).parse::<u8>().unwrap_or(0);
        let (prefecture, county) = (number(3, 4), number(5, 6));
        if MUNICIPALITIES.contains(&self.province()) {
            Level::Province
        } else if matches!(county, 81..=99) || matches!((prefecture, county), (21..=50 | 90, 1..=20)) {
            Level::County
        } else {
            Level::City
        }
    }

    /// Whether no city stands between a county of this prefix and its province.
    #[inline]
    fn is_under_province(&self) -> bool {
        self.0.part(3, 4) == "90" || MUNICIPALITIES.contains(&self.province())
    }

    /// All that is wrong with the code: with [`Strictness::Known`] the province.
    #[must_use]
    #[inline]
    pub fn problems(&self, strictness: Strictness) -> Vec<CodeError> {
        let known = is_province(self.province()) || self.level() == Level::National;
        if strictness < Strictness::Known || known {
            return Vec::new();
        }
        vec![CodeError::Unknown {
            code: SIX.code,
            position: 1,
            found: self.province().to_owned(),
            what: "province",
        }]
    }
}
