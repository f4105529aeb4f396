//! 基本编码: GB/T 39554.1, C0109.

use std::fmt;
use std::str::FromStr;

use super::ascii::{Ascii, Class, Shape};
use super::{CodeError, Strictness, alphabet, department_name, division, text_code};
use crate::codes::{ItemType, Scheme};

const SHAPE: Shape = Shape {
    code: "basic code",
    length: "12",
    classes: &[(6, Class::Digit), (3, Class::Alphabet), (3, Class::Alphanumeric)],
};

/// A basic code between the anchors of a regular expression.
macro_rules! basic_pattern {
    () => {
        concat!(
            "[0-9]{6}(?:[1-9A-HJ-NP-RTUWXY][",
            alphabet!(),
            "]{2}|0[1-9A-HJ-NP-RTUWXY][",
            alphabet!(),
            "]|00[1-9A-HJ-NP-RTUWXY])(?:[0-9]{3}|00Y|[A-Z][0-9]{2})"
        )
    };
}
pub(super) use basic_pattern;

/// Basic code of an item (基本编码), GB/T 39554.1 and C0109: 12 characters.
///
/// | characters | content |
/// |---|---|
/// | 1, 2 | who numbered the item: `00` the nation, else a province (not who set it) |
/// | 3, 4 | number of the item's type, [`KindNumber`] |
/// | 5, 6 | department in charge at the centre |
/// | 7 to 9 | sequence within department and type, not `000` |
/// | 10 to 12 | sub item: `000` none, `00Y` a main item that has some, `001` to `999`, or a place's own such as `W01` |
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasicCode(Ascii<12>);

text_code!(BasicCode, "basic code", basic_pattern!());

/// The last three characters of a basic code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SubItem<'a> {
    /// `000`: the item has no sub items.
    Whole,
    /// `00Y`: the main item of sub items.
    Main,
    /// `001` to `999`: a sub item.
    Numbered(&'a str),
    /// A letter and two digits: a sub item that a place numbered by itself.
    Local(&'a str),
}

/// Number of an item's type as it stands in a code: two digits, and no number to count with.
///
/// What it means depends on who numbered: 20 and 21 are a public service and an extension in GB/T 39046, another
/// power and a public service in Guangdong. It can only be [read](Self::read) with a scheme.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindNumber(Ascii<2>);

impl KindNumber {
    /// The two digits.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The type that the number stands for in a scheme; `None` where the scheme leaves it to the place.
    #[must_use]
    #[inline]
    pub fn read(&self, scheme: Scheme) -> Option<ItemType> {
        ItemType::from_code(scheme, self.as_str())
    }
}

impl fmt::Display for KindNumber {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for KindNumber {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KindNumber").field(&self.as_str()).finish()
    }
}

impl FromStr for BasicCode {
    type Err = CodeError;

    #[inline]
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let part = |position, found: &str, expected| CodeError::Part {
            code: SHAPE.code,
            position,
            found: found.to_owned(),
            expected,
        };
        let code = Self(SHAPE.hold(text)?);
        if code.sequence() == "000" {
            return Err(part(7, code.sequence(), "a sequence from 001 on"));
        }
        let sub = code.sub_text();
        let digits = |from| sub.get(from..).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
        if sub == "00Y" || digits(0) || digits(1) {
            Ok(code)
        } else {
            Err(part(10, sub, "000, 00Y, 001 to 999, or a letter and two digits"))
        }
    }
}

impl BasicCode {
    /// Takes the basic code out of a longer code, whose parsing has checked it.
    #[inline]
    pub(super) fn held(text: Ascii<12>) -> Self {
        Self(text)
    }

    /// Who numbered the item: `00` the nation, else the two digits of a province.
    #[must_use]
    #[inline]
    pub fn prefix(&self) -> &str {
        self.0.part(1, 2)
    }

    /// Number of the item's type.
    #[must_use]
    #[inline]
    pub fn kind(&self) -> KindNumber {
        KindNumber(self.0.slice(3, 4))
    }

    /// Code of the central department; its name is [`department_name`]'s.
    #[must_use]
    #[inline]
    pub fn department(&self) -> &str {
        self.0.part(5, 6)
    }

    /// The item's sequence within department and type.
    #[must_use]
    #[inline]
    pub fn sequence(&self) -> &str {
        self.0.part(7, 9)
    }

    #[inline]
    fn sub_text(&self) -> &str {
        self.0.part(10, 12)
    }

    /// Which sub item this is, if any.
    #[must_use]
    #[inline]
    pub fn sub_item(&self) -> SubItem<'_> {
        match self.sub_text() {
            "000" => SubItem::Whole,
            "00Y" => SubItem::Main,
            sub if sub.starts_with(|c: char| c.is_ascii_digit()) => SubItem::Numbered(sub),
            sub => SubItem::Local(sub),
        }
    }

    /// Whether this is a main item (主项): one that has sub items, or one that needs none.
    #[must_use]
    #[inline]
    pub fn is_main(&self) -> bool {
        matches!(self.sub_item(), SubItem::Whole | SubItem::Main)
    }

    /// The main item that a sub item belongs to: the same code with `00Y`.
    ///
    /// It is computed, and need not stand in any list. Where a list has a column for the parent, that column wins: in
    /// real ones it may end in `000`.
    ///
    /// ```
    /// let sub: qingdan::code::BasicCode = "000164213003".parse()?;
    /// assert_eq!(sub.parent(), Some("00016421300Y".parse()?));
    /// # Ok::<(), qingdan::code::CodeError>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn parent(&self) -> Option<Self> {
        if self.is_main() {
            return None;
        }
        format!("{}00Y", self.0.part(1, 9)).parse().ok()
    }

    /// All that is wrong with the code: with [`Strictness::Known`] prefix, type `00` (a group, no type) and department.
    #[must_use]
    #[inline]
    pub fn problems(&self, strictness: Strictness) -> Vec<CodeError> {
        let mut problems = Vec::new();
        if strictness < Strictness::Known {
            return problems;
        }
        let mut unknown = |position, found: &str, what| {
            problems.push(CodeError::Unknown { code: SHAPE.code, position, found: found.to_owned(), what });
        };
        if self.prefix() != "00" && !division::is_province(self.prefix()) {
            unknown(1, self.prefix(), "province");
        }
        if self.kind().as_str() == "00" {
            unknown(3, self.kind().as_str(), "type of an item");
        }
        if department_name(self.department()).is_none() {
            unknown(5, self.department(), "department");
        }
        problems
    }
}
