//! What can be wrong with a code.

/// What is wrong with a code, where in its text, and what was expected.
///
/// Positions count characters from 1, in the text that was given: in a code that holds another one (a credit code in
/// an implementation code) they count from the outer code's beginning.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// The text is too long or too short.
    #[error("{code}: {found:?} has {length} characters, expected {expected}")]
    Length {
        /// What the text was read as.
        code: &'static str,
        /// How many characters the text has.
        length: usize,
        /// The text, its first 40 characters.
        found: String,
        /// The length that the code has.
        expected: &'static str,
    },
    /// A character may not stand where it does.
    #[error("{code}: {found:?} at character {position}, expected {expected}")]
    Character {
        /// What the text was read as.
        code: &'static str,
        /// Where.
        position: usize,
        /// The character.
        found: char,
        /// What may stand there.
        expected: &'static str,
    },
    /// A part of the code is none that its scheme has.
    #[error("{code}: {found:?} at character {position}, expected {expected}")]
    Part {
        /// What the text was read as.
        code: &'static str,
        /// Where the part begins.
        position: usize,
        /// The part.
        found: String,
        /// What may stand there.
        expected: &'static str,
    },
    /// The check character of a credit code (GB 32100-2015) is another one.
    #[error("{code}: check character {found:?} at character {position}, expected {expected:?}")]
    CheckCharacter {
        /// What the text was read as.
        code: &'static str,
        /// Where.
        position: usize,
        /// The check character that stands there.
        found: char,
        /// The one that the characters before it give.
        expected: char,
    },
    /// The check character of the organisation code (GB 11714) in a credit code is another one.
    #[error("organisation code: check character {found:?} at character {position}, expected {expected:?}")]
    OrganisationCheck {
        /// Where.
        position: usize,
        /// The check character that stands there.
        found: char,
        /// The one that the characters before it give.
        expected: char,
    },
    /// A part is well formed, and no table that is known here has it.
    #[error("{code}: {found:?} at character {position} is no known {what}")]
    Unknown {
        /// What the text was read as.
        code: &'static str,
        /// Where the part begins.
        position: usize,
        /// The part.
        found: String,
        /// What the part stands for.
        what: &'static str,
    },
    /// Two parts of the code say different things.
    #[error(
        "{code}: {found:?} at character {position} does not agree with the division {division}, expected {expected}"
    )]
    Disagreement {
        /// What the text was read as.
        code: &'static str,
        /// Where the part begins.
        position: usize,
        /// The part.
        found: String,
        /// What the division asks for.
        expected: String,
        /// The division that the credit code names.
        division: String,
    },
}

impl CodeError {
    /// Where the mistake begins: the character's number, counted from 1.
    #[must_use]
    #[inline]
    pub fn position(&self) -> usize {
        match self {
            Self::Length { .. } => 1,
            Self::Character { position, .. }
            | Self::Part { position, .. }
            | Self::CheckCharacter { position, .. }
            | Self::OrganisationCheck { position, .. }
            | Self::Unknown { position, .. }
            | Self::Disagreement { position, .. } => *position,
        }
    }

    /// The text that is wrong.
    #[must_use]
    #[inline]
    pub fn found(&self) -> String {
        match self {
            Self::Length { found, .. }
            | Self::Part { found, .. }
            | Self::Unknown { found, .. }
            | Self::Disagreement { found, .. } => found.clone(),
            Self::Character { found, .. }
            | Self::CheckCharacter { found, .. }
            | Self::OrganisationCheck { found, .. } => found.to_string(),
        }
    }

    /// What was expected in its place.
    #[must_use]
    #[inline]
    pub fn expected(&self) -> String {
        match self {
            Self::Length { expected, .. }
            | Self::Character { expected, .. }
            | Self::Part { expected, .. } => (*expected).to_owned(),
            Self::CheckCharacter { expected, .. } | Self::OrganisationCheck { expected, .. } => {
                expected.to_string()
            }
            Self::Unknown { what, .. } => format!("a known {what}"),
            Self::Disagreement { expected, .. } => expected.clone(),
        }
    }

    /// The same mistake, in a text that has so many more characters in front.
    #[inline]
    pub(super) fn behind(mut self, before: usize) -> Self {
        match &mut self {
            Self::Length { .. } => {}
            Self::Character { position, .. }
            | Self::Part { position, .. }
            | Self::CheckCharacter { position, .. }
            | Self::OrganisationCheck { position, .. }
            | Self::Unknown { position, .. }
            | Self::Disagreement { position, .. } => *position += before,
        }
        self
    }
}
