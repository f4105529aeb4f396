//! Short ASCII texts held in place, and the shape that a code's text must have.

use super::CodeError;

/// A text of at most `N` ASCII characters. Orders as its text does: the unused bytes are zero.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Ascii<const N: usize> {
    bytes: [u8; N],
    length: u8,
}

impl<const N: usize> Ascii<N> {
    /// The text, where it fits.
    pub(super) fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; N];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        let length = u8::try_from(text.len()).ok()?;
        (text.is_ascii() && !text.contains('\0')).then_some(Self { bytes, length })
    }

    pub(super) fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        // Only ASCII ever came in, so this never falls back.
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// The characters from one position to another, counted from 1, both included, as a text of its own.
    pub(super) fn slice<const M: usize>(&self, from: usize, to: usize) -> Ascii<M> {
        let mut bytes = [0; M];
        let mut length = 0;
        for (to, from) in bytes.iter_mut().zip(self.part(from, to).bytes()) {
            *to = from;
            length += 1;
        }
        Ascii { bytes, length }
    }

    /// The characters from one position to another, counted from 1, both included.
    pub(super) fn part(&self, from: usize, to: usize) -> &str {
        self.as_str().get(from - 1..to).unwrap_or_default()
    }
}

/// Which characters may stand at a position.
#[derive(Clone, Copy)]
pub(super) enum Class {
    Digit,
    /// The alphabet of GB 32100.
    Alphabet,
    Alphanumeric,
}

impl Class {
    #[inline]
    fn has(self, c: char) -> bool {
        match self {
            Self::Digit => c.is_ascii_digit(),
            Self::Alphabet => super::credit::value(c).is_some(),
            Self::Alphanumeric => c.is_ascii_digit() || c.is_ascii_uppercase(),
        }
    }

    #[inline]
    fn expected(self) -> &'static str {
        match self {
            Self::Digit => "a digit",
            Self::Alphabet => "a digit or a capital letter other than I, O, S, V and Z",
            Self::Alphanumeric => "a digit or a capital letter",
        }
    }
}

/// What a code's text must look like.
pub(super) struct Shape {
    /// What the code is called in messages.
    pub code: &'static str,
    /// Its length, in words.
    pub length: &'static str,
    /// How many characters stand in each class, one class after the other.
    pub classes: &'static [(usize, Class)],
}

impl Shape {
    /// Holds the text, if it has the shape.
    pub(super) fn hold<const N: usize>(&self, text: &str) -> Result<Ascii<N>, CodeError> {
        let length: usize = self.classes.iter().map(|(count, _)| count).sum();
        // A hostile text is not counted to its end to say that it is too long.
        if text.len() > 4 * length || text.chars().count() != length {
            return Err(self.wrong_length(text));
        }
        let classes = self.classes.iter().flat_map(|(count, class)| std::iter::repeat_n(*class, *count));
        for (position, (found, class)) in (1..).zip(text.chars().zip(classes)) {
            if !class.has(found) {
                return Err(CodeError::Character {
                    code: self.code,
                    position,
                    found,
                    expected: class.expected(),
                });
            }
        }
        Ascii::new(text).ok_or_else(|| self.wrong_length(text))
    }

    #[inline]
    pub(super) fn wrong_length(&self, text: &str) -> CodeError {
        CodeError::Length {
            code: self.code,
            length: text.chars().count(),
            found: text.chars().take(40).collect(),
            expected: self.length,
        }
    }
}
