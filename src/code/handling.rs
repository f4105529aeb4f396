//! 业务办理项编码: C0109, and the shorter code of the licensing norms.

use std::str::FromStr;

use super::ascii::{Ascii, Class, Shape};
use super::basic::basic_pattern;
use super::implementation::implementation_pattern;
use super::{BasicCode, CodeError, ImplementationCode, Strictness, SubItem, alphabet, text_code};

const SHAPE: Shape = Shape {
    code: "handling code",
    length: "33",
    classes: &[(18, Class::Alphanumeric), (7, Class::Digit), (6, Class::Alphanumeric), (2, Class::Digit)],
};

const NORM_SHAPE: Shape = Shape {
    code: "norm handling code",
    length: "14",
    classes: &[(6, Class::Digit), (6, Class::Alphanumeric), (2, Class::Digit)],
};

/// Code of a handling item (业务办理项编码), C0109: an implementation code and a number from 01 to 99, 33 characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HandlingCode(Ascii<33>);

text_code!(HandlingCode, "handling code", concat!(implementation_pattern!(), "(?:0[1-9]|[1-9][0-9])"));

/// Code of a handling item in a licensing norm (行政许可事项实施规范): a basic code and a number from 01 to 99, 14
/// characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NormHandlingCode(Ascii<14>);

text_code!(NormHandlingCode, "norm handling code", concat!(basic_pattern!(), "(?:0[1-9]|[1-9][0-9])"));

/// A handling item's number must not be 00.
#[inline]
fn numbered(code: &'static str, position: usize, number: &str) -> Result<(), CodeError> {
    if number == "00" {
        let found = number.to_owned();
        return Err(CodeError::Part { code, position, found, expected: "a number from 01 to 99" });
    }
    Ok(())
}

impl FromStr for HandlingCode {
    type Err = CodeError;

    #[inline]
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let code = Self(SHAPE.hold(text)?);
        code.0.part(20, 31).parse::<BasicCode>().map_err(|error| error.behind(19))?;
        numbered(SHAPE.code, 32, code.number())?;
        Ok(code)
    }
}

impl HandlingCode {
    /// The item that is handled.
    #[must_use]
    #[inline]
    pub fn implementation(&self) -> ImplementationCode {
        ImplementationCode::held(self.0.slice(1, 31))
    }

    /// The handling item's number within its item, two digits.
    #[must_use]
    #[inline]
    pub fn number(&self) -> &str {
        self.0.part(32, 33)
    }

    /// The item above, which is [`implementation`](Self::implementation).
    #[must_use]
    #[inline]
    pub fn parent(&self) -> ImplementationCode {
        self.implementation()
    }

    /// All that is wrong with the code: what is wrong with the implementation code in it.
    #[must_use]
    #[inline]
    pub fn problems(&self, strictness: Strictness) -> Vec<CodeError> {
        self.implementation().problems(strictness)
    }
}

impl FromStr for NormHandlingCode {
    type Err = CodeError;

    #[inline]
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let code = Self(NORM_SHAPE.hold(text)?);
        code.0.part(1, 12).parse::<BasicCode>()?;
        numbered(NORM_SHAPE.code, 13, code.number())?;
        Ok(code)
    }
}

impl NormHandlingCode {
    /// The item that is handled.
    #[must_use]
    #[inline]
    pub fn basic(&self) -> BasicCode {
        BasicCode::held(self.0.slice(1, 12))
    }

    /// The handling item's number within its item, two digits.
    #[must_use]
    #[inline]
    pub fn number(&self) -> &str {
        self.0.part(13, 14)
    }

    /// The item above, which is [`basic`](Self::basic).
    #[must_use]
    #[inline]
    pub fn parent(&self) -> BasicCode {
        self.basic()
    }

    /// All that is wrong with the code: from [`Strictness::Check`] on, that a main item with sub items is not handled
    /// itself; then what is wrong with the basic code in it.
    #[must_use]
    #[inline]
    pub fn problems(&self, strictness: Strictness) -> Vec<CodeError> {
        let mut problems = self.basic().problems(strictness);
        if strictness >= Strictness::Check && self.basic().sub_item() == SubItem::Main {
            problems.insert(
                0,
                CodeError::Part {
                    code: NORM_SHAPE.code,
                    position: 10,
                    found: "00Y".to_owned(),
                    expected: "an item without sub items or a sub item",
                },
            );
        }
        problems
    }
}
