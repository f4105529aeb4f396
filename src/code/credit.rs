//! 统一社会信用代码, GB 32100-2015.

use std::str::FromStr;

use super::ascii::{Ascii, Class, Shape};
use super::{CodeError, DivisionCode, Strictness, alphabet, text_code};

const SHAPE: Shape = Shape {
    code: "credit code",
    length: "18",
    classes: &[(2, Class::Alphabet), (6, Class::Digit), (10, Class::Alphabet)],
};

/// The characters of GB 32100 in the order of their values, 0 to 30.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Weights of GB 11714 for the eight characters of an organisation code.
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Registrar and category as they occur together.
const REGISTRARS: &[&str] = &[
    "11", "12", "13", "19", "21", "29", "31", "32", "33", "34", "35", "39", "41", "49", "51", "52", "53",
    "59", "61", "62", "69", "71", "72", "79", "81", "89", "91", "92", "93", "A1", "A9", "N1", "N2", "N3",
    "N9", "Y1",
];

/// Unified social credit code (统一社会信用代码) of an organisation, GB 32100-2015: 18 characters.
///
/// | characters | content |
/// |---|---|
/// | 1 | registrar (登记管理部门): 1 public bodies, 5 civil affairs, 9 market regulation, Y other … |
/// | 2 | category (机构类别) |
/// | 3 to 8 | division of the registrar (GB/T 2260; `100000` is the nation) |
/// | 9 to 17 | organisation code (GB 11714), with a check character of its own |
/// | 18 | check character |
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode(Ascii<18>);

text_code!(CreditCode, "credit code", concat!("[", alphabet!(), "]{2}[0-9]{6}[", alphabet!(), "]{10}"));

impl FromStr for CreditCode {
    type Err = CodeError;

    #[inline]
    fn from_str(text: &str) -> Result<Self, CodeError> {
        SHAPE.hold(text).map(Self)
    }
}

impl CreditCode {
    /// Registrar and category, the first two characters: `11` is an organ that the staffing office registers.
    #[must_use]
    #[inline]
    pub fn registrar(&self) -> &str {
        self.0.part(1, 2)
    }

    /// The division of the registrar, six digits.
    #[must_use]
    #[inline]
    pub fn division(&self) -> DivisionCode {
        DivisionCode::held(self.0.slice(3, 8))
    }

    /// The organisation code (GB 11714) without hyphen: eight characters and its check character.
    #[must_use]
    #[inline]
    pub fn organisation(&self) -> &str {
        self.0.part(9, 17)
    }

    /// All that is wrong with the code.
    ///
    /// From [`Strictness::Check`] on its check character, from [`Strictness::Organisation`] on that of the organisation
    /// code, with [`Strictness::Known`] the registrar and the province.
    #[must_use]
    #[inline]
    pub fn problems(&self, strictness: Strictness) -> Vec<CodeError> {
        let mut problems = Vec::new();
        if strictness >= Strictness::Check {
            problems.extend(wrong(18, check_character(self.0.part(1, 17)), self.0.part(18, 18)).map(
                |(position, found, expected)| CodeError::CheckCharacter {
                    code: SHAPE.code,
                    position,
                    found,
                    expected,
                },
            ));
        }
        if strictness >= Strictness::Organisation {
            problems.extend(
                wrong(17, organisation_check_character(self.0.part(9, 16)), self.0.part(17, 17)).map(
                    |(position, found, expected)| CodeError::OrganisationCheck { position, found, expected },
                ),
            );
        }
        if strictness >= Strictness::Known {
            if !REGISTRARS.contains(&self.registrar()) {
                problems.push(CodeError::Unknown {
                    code: SHAPE.code,
                    position: 1,
                    found: self.registrar().to_owned(),
                    what: "registrar with category",
                });
            }
            let division = self.division().problems(strictness);
            problems.extend(division.into_iter().map(|problem| problem.behind(2)));
        }
        problems
    }
}

/// Position, found and expected, where the two are not the same.
#[inline]
fn wrong(position: usize, expected: Option<char>, found: &str) -> Option<(usize, char, char)> {
    let (expected, found) = (expected?, found.chars().next()?);
    (expected != found).then_some((position, found, expected))
}

/// Value of a character in GB 32100, 0 to 30.
#[inline]
pub(super) fn value(c: char) -> Option<u32> {
    ALPHABET.chars().position(|known| known == c).and_then(|at| u32::try_from(at).ok())
}

/// The check character that GB 32100-2015 gives to the first 17 characters of a credit code.
///
/// `None` where there are not 17 characters of its alphabet. The weights are powers of 3 modulo 31; as 31 is prime,
/// every single wrong character is found.
#[must_use]
#[inline]
pub fn check_character(body: &str) -> Option<char> {
    if body.len() != 17 {
        return None;
    }
    let mut sum = 0;
    let mut weight = 1;
    for c in body.chars() {
        sum += value(c)? * weight;
        weight = weight * 3 % 31;
    }
    let at = usize::try_from((31 - sum % 31) % 31).ok()?;
    ALPHABET.chars().nth(at)
}

/// The check character that GB 11714 gives to the first eight characters of an organisation code.
///
/// `None` where there are not eight digits and capital letters.
#[must_use]
#[inline]
pub fn organisation_check_character(body: &str) -> Option<char> {
    if body.len() != 8 {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in body.chars().zip(ORGANISATION_WEIGHTS) {
        let value = if c.is_ascii_lowercase() { None } else { c.to_digit(36) };
        sum += value? * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}
