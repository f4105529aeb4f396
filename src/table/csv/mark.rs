//! The mark that keeps a text from being taken for a formula.
//!
//! A spreadsheet that opens a CSV file takes a cell that starts with `=`, `+`, `-` or `@` for a
//! formula, and skips a tab or CR before one. Such a text is written with a `'` before it. So that
//! every text comes back as it was, a text that has such a mark of its own gets one more.

use std::borrow::Cow;

/// Whether a text that starts with `c` may be taken for a formula.
fn starts_formula(c: u8) -> bool {
    matches!(c, b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')
}

/// How many `'` a text begins with, if one that starts a formula follows.
fn marks(text: &str) -> Option<usize> {
    let marks = text.bytes().take_while(|c| *c == b'\'').count();
    let next = text.as_bytes().get(marks)?;
    starts_formula(*next).then_some(marks)
}

/// Whether all of a text is a sign, one or more ASCII digits, and perhaps a point and one or more
/// ASCII digits: `-3`, `+4.5`, `-0.50`. No spaces, no exponent, no percent sign, no separators of
/// thousands; `-.5` and `-3.` are none either.
fn is_plain_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    text.strip_prefix(['+', '-']).is_some_and(|number| match number.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(number),
    })
}

/// A text as it is written: with one `'` more, if it starts with `=`, `+`, `-`, `@`, tab or CR, or
/// with one or more `'` before one of these.
///
/// A plain number stays as it is: all of the text is `+` or `-`, one or more ASCII digits, and
/// perhaps a point and one or more ASCII digits. (`'-3` is no plain number and is written `''-3`.)
///
/// ```
/// use qingdan::table::csv::mark;
/// assert_eq!(mark("=1+1"), "'=1+1");
/// assert_eq!(mark("'-3"), "''-3");
/// assert_eq!(mark("-3"), "-3");
/// assert_eq!(mark("-3%"), "'-3%");
/// assert_eq!(mark("'95"), "'95");
/// ```
#[must_use]
pub fn mark(text: &str) -> Cow<'_, str> {
    match marks(text) {
        Some(0) if is_plain_number(text) => Cow::Borrowed(text),
        Some(_) => Cow::Owned(format!("'{text}")),
        None => Cow::Borrowed(text),
    }
}

/// The text that [`mark()`] wrote: with one `'` less, if it starts with one or more of these before
/// `=`, `+`, `-`, `@`, tab or CR. `unmark(&mark(text)) == text` for every text.
///
/// ```
/// use qingdan::table::csv::unmark;
/// assert_eq!(unmark("'=1+1"), "=1+1");
/// assert_eq!(unmark("''-3"), "'-3");
/// assert_eq!(unmark("=1+1"), "=1+1");
/// assert_eq!(unmark("'95"), "'95");
/// ```
#[must_use]
pub fn unmark(text: &str) -> Cow<'_, str> {
    // All texts are given as parts of themselves; the type is that of `mark`.
    match marks(text) {
        Some(1..) => Cow::Borrowed(&text[1..]),
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_numbers() {
        for text in ["-3", "+4.5", "-1", "-0", "+007", "-0.50"] {
            assert_eq!(mark(text), text);
        }
        for text in [
            "-", "+", "--3", "+-3", "-3.", "-.5", "-3.4.5", "-3 ", "- 3", "-1e5", "-3%", "-1,000", "-３",
            "-3+4", "=3", "@3", "\t3", "\r3", "-3\n", "+86-971", "-3\t", "-",
        ] {
            assert_eq!(mark(text), format!("'{text}"), "{text:?}");
        }
        for text in ["", "'", "''", "'3", "3", " =3", "＝3", "'’-3", "\n=3", "a=b"] {
            assert_eq!(mark(text), text);
            assert_eq!(unmark(text), text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn comes_back(text in "[-=+@\t\r'’0-9.e% a中\n]{0,8}|.{0,8}|[-+'][0-9]{0,3}(\\.[0-9]{0,2})?") {
            let marked = mark(&text);
            prop_assert_eq!(unmark(&marked), text.as_str());
            let first = marked.bytes().next();
            let formula = first.is_some_and(starts_formula);
            prop_assert!(!formula || is_plain_number(&marked));
            // What stands in a file and was never marked is read the same after one round.
            let read = unmark(&text).into_owned();
            let again = mark(&read).into_owned();
            prop_assert_eq!(unmark(&again), read.as_str());
        }
    }
}
