//! The codes of the field: structure, check characters, what a code says of its parent.
//!
//! Each type holds a text of the right *structure*, unchanged; whether the code is a good one is another question,
//! which `validate` and `problems` answer as strictly as they are asked ([`Strictness`]). Real lists hold codes of
//! bodies that have none («TE4507211000000003»), and these must be readable before they can be reported.
//!
//! Parsing is exact. [`normalised`] makes the usual slips of input good first, where the caller wants that.
//!
//! ```
//! use qingdan::code::{BasicCode, Code, ImplementationCode, Strictness};
//!
//! let sub: BasicCode = "000164213003".parse()?;
//! assert_eq!(sub.parent().map(|main| main.to_string()), Some("00016421300Y".to_owned()));
//!
//! let code: ImplementationCode = "TE45072110000000034450708001W01".parse()?;
//! assert!(code.validate(Strictness::Structure).is_ok());
//! assert_eq!(
//!     code.validate(Strictness::Check).map_err(|error| error.to_string()),
//!     Err("credit code: check character '3' at character 18, expected '6'".to_owned()),
//! );
//! assert!(matches!(Code::recognise("62052400MZ-XK-0001"), Code::Other(_)));
//! # Ok::<(), qingdan::code::CodeError>(())
//! ```

mod ascii;
mod basic;
mod credit;
mod departments;
mod division;
mod error;
mod handling;
mod implementation;
mod local;

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

pub use basic::{BasicCode, KindNumber, SubItem};
pub use credit::{CreditCode, check_character, organisation_check_character};
pub use departments::department_name;
pub use division::DivisionCode;
pub use error::CodeError;
pub use handling::{HandlingCode, NormHandlingCode};
pub use implementation::ImplementationCode;
pub use local::{CodePart, LocalForm};

use crate::codes::{Unlisted, half_width, is_blank};

/// How much is asked of a code; each level asks for all that the one before it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Strictness {
    /// Length and characters: what parsing checks.
    Structure,
    /// The check character of GB 32100, and parts that exclude each other.
    #[default]
    Check,
    /// Also the check character of the organisation code (GB 11714) inside a credit code.
    Organisation,
    /// Also that province, department, registrar and level are known, and agree with each other.
    Known,
}

/// Makes good what happens to codes in input: lower case, full-width characters, white space, hyphens.
///
/// ```
/// assert_eq!(qingdan::code::normalised(" 11450721-mb1558081１ "), "11450721MB15580811");
/// ```
#[must_use]
#[inline]
pub fn normalised(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|c| {
            !is_blank(*c) && !matches!(c, '-' | '\u{AD}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}')
        })
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// What the code types share: they print, serialise and describe themselves as the plain text.
macro_rules! text_code {
    ($name:ident, $what:literal, $pattern:expr) => {
        impl $name {
            /// The structure as a regular expression (ECMA 262), as the JSON Schema has it.
            pub const PATTERN: &'static str = concat!("^", $pattern, "$");

            /// The code's text.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// Whether nothing is wrong with the code.
            ///
            /// # Errors
            /// The first of [`problems`](Self::problems).
            #[inline]
            pub fn validate(&self, strictness: $crate::code::Strictness) -> Result<(), $crate::code::CodeError> {
                self.problems(strictness).into_iter().next().map_or(Ok(()), Err)
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }

        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::code::CodeError;

            #[inline]
            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::codes::read_text($what, deserializer)
            }
        }

        impl schemars::JsonSchema for $name {
            #[inline]
            fn inline_schema() -> bool {
                false
            }

            #[inline]
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            #[inline]
            fn schema_id() -> std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            #[inline]
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": Self::PATTERN })
            }
        }
    };
}

/// The characters of GB 32100 between the brackets of a regular expression: no I, O, S, V, Z.
macro_rules! alphabet {
    () => {
        "0-9A-HJ-NP-RTUWXY"
    };
}

use {alphabet, text_code};

/// The code of an item, whichever it is.
///
/// What no scheme here knows (the codes of a province, `62052400MZ-XK-0001`) is kept as it stood;
/// [`local_form`](Self::local_form) says whether its form is known. Division codes are
/// left out: twelve digits are a basic code here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// 基本编码, 12 characters.
    Basic(BasicCode),
    /// 实施编码, 31 characters.
    Implementation(ImplementationCode),
    /// 业务办理项编码, 33 characters.
    Handling(HandlingCode),
    /// Handling item in a licensing norm, 14 characters.
    NormHandling(NormHandlingCode),
    /// 统一社会信用代码, 18 characters: the code of a body, where it stands for an item's.
    Credit(CreditCode),
    /// Any other text; made by [`Code::recognise`] only.
    Other(Unlisted<Code>),
}

impl Code {
    /// Reads a text as the code that its structure fits; any other text is kept in [`Code::Other`].
    #[must_use]
    #[inline]
    pub fn recognise(text: &str) -> Self {
        let known = match text.len() {
            12 => text.parse().ok().map(Self::Basic),
            14 => text.parse().ok().map(Self::NormHandling),
            18 => text.parse().ok().map(Self::Credit),
            31 => text.parse().ok().map(Self::Implementation),
            33 => text.parse().ok().map(Self::Handling),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Other(Unlisted::new(text.into())))
    }

    /// The code's text.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Basic(code) => code.as_str(),
            Self::Implementation(code) => code.as_str(),
            Self::Handling(code) => code.as_str(),
            Self::NormHandling(code) => code.as_str(),
            Self::Credit(code) => code.as_str(),
            Self::Other(text) => text.as_str(),
        }
    }

    /// The form of a place, a platform or earlier years that a code of no national scheme has.
    #[must_use]
    #[inline]
    pub fn local_form(&self) -> Option<LocalForm> {
        match self {
            Self::Other(text) => LocalForm::recognise(text.as_str()),
            _ => None,
        }
    }

    /// The basic code that this is, or that stands in it.
    #[must_use]
    #[inline]
    pub fn basic(&self) -> Option<BasicCode> {
        match self {
            Self::Basic(code) => Some(*code),
            Self::Implementation(code) => Some(code.basic()),
            Self::Handling(code) => Some(code.implementation().basic()),
            Self::NormHandling(code) => Some(code.basic()),
            Self::Credit(_) | Self::Other(_) => None,
        }
    }

    /// The code of the item above: a sub item's main item, a handling item's item.
    ///
    /// Where a list has a column for the parent, that column wins.
    #[must_use]
    #[inline]
    pub fn parent(&self) -> Option<Self> {
        match self {
            Self::Basic(code) => code.parent().map(Self::Basic),
            Self::Handling(code) => Some(Self::Implementation(code.parent())),
            Self::NormHandling(code) => Some(Self::Basic(code.parent())),
            Self::Implementation(_) | Self::Credit(_) | Self::Other(_) => None,
        }
    }

    /// All that is wrong with the code; nothing is known of [`Code::Other`].
    #[must_use]
    #[inline]
    pub fn problems(&self, strictness: Strictness) -> Vec<CodeError> {
        match self {
            Self::Basic(code) => code.problems(strictness),
            Self::Implementation(code) => code.problems(strictness),
            Self::Handling(code) => code.problems(strictness),
            Self::NormHandling(code) => code.problems(strictness),
            Self::Credit(code) => code.problems(strictness),
            Self::Other(_) => Vec::new(),
        }
    }

    /// Whether nothing is wrong with the code.
    ///
    /// # Errors
    /// The first of [`problems`](Self::problems).
    #[inline]
    pub fn validate(&self, strictness: Strictness) -> Result<(), CodeError> {
        self.problems(strictness).into_iter().next().map_or(Ok(()), Err)
    }
}

impl FromStr for Code {
    type Err = Infallible;

    #[inline]
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::recognise(text))
    }
}

impl fmt::Display for Code {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::codes::read_text("code of an item", deserializer)
    }
}

impl schemars::JsonSchema for Code {
    #[inline]
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }

    #[inline]
    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::Code").into()
    }

    #[inline]
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}

#[cfg(test)]
mod tests;
