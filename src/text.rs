//! Normal forms of text, for comparing and never for storing.
//!
//! Two texts that are equal in normal form differ in spelling alone: a *cosmetic* difference, which
//! is reported apart and never clashes.

use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization as _, is_nfkc};

/// The normal form of `text`: NFKC, white space removed, `‘’` as `'`, `“”` as `"`, `〔〕【】` as `[]`,
/// and the full stops at the end (`。` or `.`) dropped. Case, other punctuation and letters count.
///
/// Idempotent. Linear in the text's length; a text that is its own normal form is not copied.
///
/// ```
/// use qingdan::text::normal;
/// assert_eq!(normal("食品经营许可（县级）。"), normal("食品经营许可(县级)"));
/// assert_eq!(normal("国发〔2016〕72号"), normal("国发[2016] 72号"));
/// assert_ne!(normal("核准"), normal("核发"));
/// ```
#[must_use]
pub fn normal(text: &str) -> Cow<'_, str> {
    match plain(text) {
        Plain::Normal => return Cow::Borrowed(text),
        Plain::Folds => {
            let mut out: String = text.chars().map(half_width).filter_map(fold).collect();
            out.truncate(out.trim_end_matches(['.', '。']).len());
            return Cow::Owned(out);
        }
        Plain::No if is_normal(text) => return Cow::Borrowed(text),
        Plain::No => {}
    }
    let mut out: String = text.nfkc().filter_map(fold).collect();
    // Removing white space can bring a letter and a combining mark together.
    if !is_nfkc(&out) {
        out = out.nfkc().filter_map(fold).collect();
    }
    out.truncate(out.trim_end_matches(['.', '。']).len());
    Cow::Owned(out)
}

/// Whether two texts are equal in normal form.
#[must_use]
pub fn alike(a: &str, b: &str) -> bool {
    a == b || normal(a) == normal(b)
}

/// What the bytes of a text tell at once.
enum Plain {
    /// It is its own normal form.
    Normal,
    /// Each character has a normal form of its own, which nothing beside it changes.
    Folds,
    /// Its characters must be looked at.
    No,
}

/// Ideographs and what stands beside them mostly. Full-width forms are those of ASCII, each one's normal
/// form one character of it, which composes with nothing in front of it.
fn plain(text: &str) -> Plain {
    let bytes = text.as_bytes();
    let (mut i, mut folds) = (0, false);
    while let Some(&byte) = bytes.get(i) {
        match byte {
            b'!'..=b'~' => i += 1,
            b' ' | b'\n' | b'\r' | b'\t' => (i, folds) = (i + 1, true),
            0xE4..=0xE9 => {
                // U+4E00 to U+9FFF; what is in front of it in the block of E4 is looked at.
                if byte == 0xE4 && bytes.get(i + 1).is_none_or(|&b| b < 0xB8) {
                    return Plain::No;
                }
                i += 3;
            }
            _ => match bytes.get(i..i + 3) {
                // 、 〈 〉 《 》
                Some([0xE3, 0x80, 0x81 | 0x88..=0x8B]) => i += 3,
                // 。 【 】 〔 〕
                Some([0xE3, 0x80, 0x82 | 0x90 | 0x91 | 0x94 | 0x95]) => (i, folds) = (i + 3, true),
                // ‘ ’ “ ”
                Some([0xE2, 0x80, 0x98 | 0x99 | 0x9C | 0x9D]) => (i, folds) = (i + 3, true),
                // ！ to ～
                Some([0xEF, 0xBC, 0x81..=0xBF] | [0xEF, 0xBD, 0x80..=0x9E]) => (i, folds) = (i + 3, true),
                _ => return Plain::No,
            },
        }
    }
    if folds || text.ends_with('.') { Plain::Folds } else { Plain::Normal }
}

/// How many bytes at the beginning of a text are ideographs (U+4E00 to U+9FFF), each its own normal form.
pub(crate) fn ideographs(text: &str) -> usize {
    let mut at = 0;
    while let Some(&[first, second, _]) = text.as_bytes().get(at..at + 3)
        && (matches!(first, 0xE5..=0xE9) || first == 0xE4 && second >= 0xB8)
    {
        at += 3;
    }
    at
}

fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn is_normal(text: &str) -> bool {
    text.chars().all(|c| fold(c) == Some(c)) && !text.ends_with(['.', '。']) && is_nfkc(text)
}

fn fold(c: char) -> Option<char> {
    match c {
        '‘' | '’' => Some('\''),
        '“' | '”' => Some('"'),
        '〔' | '【' => Some('['),
        '〕' | '】' => Some(']'),
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_type_differently_is_one_in_normal_form() {
        for (a, b) in [
            ("（一）", "(一)"),
            ("“双随机”", "\"双随机\""),
            ("【2013】 5号", "〔2013〕5号"),
            ("审批。", "审批"),
            ("ＡＢ１", "AB1"),
            ("国家民委\u{3000}公安部", "国家民委公安部"),
        ] {
            assert!(alike(a, b), "{a} {b}");
        }
        assert!(!alike("a", "A"));
        assert!(!alike("甲、乙", "甲乙"));
    }

    proptest! {
        #[test]
        fn the_short_way_gives_what_the_long_way_gives(text in "[甲龥一、。，．（）《》〔〕【】‘“”！～ａＺ０㐀\u{4db5} \n.a~#´\u{301}㎡]{0,9}") {
            let mut long: String = text.nfkc().filter_map(fold).collect();
            if !is_nfkc(&long) {
                long = long.nfkc().filter_map(fold).collect();
            }
            long.truncate(long.trim_end_matches(['.', '。']).len());
            prop_assert_eq!(normal(&text), long);
        }
        #[test]
        fn the_normal_form_is_its_own_normal_form(text in "\\PC{0,12}|[ .。́´a〔]{0,6}") {
            let once = normal(&text).into_owned();
            prop_assert_eq!(normal(&once), once.as_str());
        }
    }
}
