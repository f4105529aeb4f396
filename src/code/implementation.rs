//! 实施编码: C0109.

use std::str::FromStr;

use super::ascii::{Ascii, Class, Shape};
use super::basic::basic_pattern;
use super::{BasicCode, CodeError, CreditCode, Strictness, SubItem, alphabet, text_code};
use crate::codes::{Level, Scheme};

const SHAPE: Shape = Shape {
    code: "implementation code",
    length: "31",
    classes: &[(18, Class::Alphanumeric), (7, Class::Digit), (6, Class::Alphanumeric)],
};

/// An implementation code between the anchors of a regular expression.
macro_rules! implementation_pattern {
    () => {
        concat!("[0-9A-Z]{18}[0-9]", basic_pattern!())
    };
}
pub(super) use implementation_pattern;

/// Code of an item as one body implements it (实施编码), C0109: 31 characters.
///
/// | characters | content |
/// |---|---|
/// | 1 to 18 | credit code of the body, or a platform's placeholder for a body that has none |
/// | 19 | level (行使层级) |
/// | 20 to 31 | basic code |
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImplementationCode(Ascii<31>);

text_code!(ImplementationCode, "implementation code", implementation_pattern!());

impl FromStr for ImplementationCode {
    type Err = CodeError;

    #[inline]
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let code = Self(SHAPE.hold(text)?);
        code.0.part(20, 31).parse::<BasicCode>().map_err(|error| error.behind(19))?;
        Ok(code)
    }
}

impl ImplementationCode {
    /// Takes the code out of a longer code, whose parsing has checked it.
    #[inline]
    pub(super) fn held(text: Ascii<31>) -> Self {
        Self(text)
    }

    /// The body, as it stands: a credit code, or a placeholder such as `TE4507211000000003`.
    #[must_use]
    #[inline]
    pub fn organisation(&self) -> &str {
        self.0.part(1, 18)
    }

    /// The body's credit code.
    ///
    /// # Errors
    /// Where the placeholder of a body without one does not even have a credit code's structure. Where it has, the
    /// code's own [`validate`](CreditCode::validate) tells.
    #[inline]
    pub fn credit(&self) -> Result<CreditCode, CodeError> {
        self.organisation().parse()
    }

    /// The digit for the level.
    #[must_use]
    #[inline]
    pub fn level_digit(&self) -> &str {
        self.0.part(19, 19)
    }

    /// The level at which the body exercises the item, by the numbers of GB/T 39046 (A.2).
    #[must_use]
    #[inline]
    pub fn level(&self) -> Option<Level> {
        Level::from_code(Scheme::Gb39046, self.level_digit())
    }

    /// The item's basic code.
    #[must_use]
    #[inline]
    pub fn basic(&self) -> BasicCode {
        BasicCode::held(self.0.slice(20, 31))
    }

    /// All that is wrong with the code.
    ///
    /// From [`Strictness::Check`] on the credit code, and that the item is no main item with sub items (only leaves
    /// are implemented); with [`Strictness::Known`] also the basic code's parts, and whether level and prefix agree with
    /// the division of the body. These last rules are inferred from real codes, none of them is in a standard. A body
    /// that the nation registers (`100000`) may serve any province at any level, as the offices of customs or taxes do;
    /// a body of a city or county may act for a township or village, which no credit code names.
    #[must_use]
    #[inline]
    pub fn problems(&self, strictness: Strictness) -> Vec<CodeError> {
        let mut problems = Vec::new();
        if strictness < Strictness::Check {
            return problems;
        }
        let credit = self.credit();
        match &credit {
            Ok(credit) => problems.extend(credit.problems(strictness)),
            Err(error) => problems.push(error.clone()),
        }
        let basic = self.basic();
        if basic.sub_item() == SubItem::Main {
            problems.push(CodeError::Part {
                code: SHAPE.code,
                position: 29,
                found: "00Y".to_owned(),
                expected: "an item without sub items or a sub item",
            });
        }
        if strictness < Strictness::Known {
            return problems;
        }
        let level = self.level();
        if level.is_none() {
            problems.push(CodeError::Unknown {
                code: SHAPE.code,
                position: 19,
                found: self.level_digit().to_owned(),
                what: "level",
            });
        }
        problems.extend(basic.problems(strictness).into_iter().map(|problem| problem.behind(19)));
        let Ok(division) = credit.map(|credit| credit.division()) else { return problems };
        let disagreement = |position, found: &str, expected| CodeError::Disagreement {
            code: SHAPE.code,
            position,
            found: found.to_owned(),
            expected,
            division: division.to_string(),
        };
        let own = division.level();
        if own == Level::National {
            return problems;
        }
        let agrees = match &level {
            None | Some(Level::Graded) => true,
            Some(Level::Township | Level::Village) => own >= Level::City,
            Some(level) => *level == own,
        };
        if !agrees {
            let expected = own.code(Scheme::Gb39046).unwrap_or_default().to_owned();
            problems.push(disagreement(19, self.level_digit(), expected));
        }
        if basic.prefix() != "00" && basic.prefix() != division.province() {
            problems.push(disagreement(20, basic.prefix(), format!("00 or {}", division.province())));
        }
        problems
    }
}
