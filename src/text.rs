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
    if is_normal(text) {
        return Cow::Borrowed(text);
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

fn is_normal(text: &str) -> bool {
    // Ideographs and what stands beside them mostly: their own normal form one by one and together.
    let plain = |c| matches!(c, '\u{4e00}'..='\u{9fff}' | '!'..='~' | '、' | '《' | '》' | '〈' | '〉');
    if text.chars().all(plain) {
        return !text.ends_with('.');
    }
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
        fn the_normal_form_is_its_own_normal_form(text in "\\PC{0,12}|[ .。́´a〔]{0,6}") {
            let once = normal(&text).into_owned();
            prop_assert_eq!(normal(&once), once.as_str());
        }
    }
}
