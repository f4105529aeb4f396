//! Serial numbers of rows as lists write them.

use unicode_normalization::UnicodeNormalization as _;

/// The longest range (`5～7`) that is counted out; a longer one is no serial.
const LONGEST: u32 = 1_000;

/// The serial numbers that a cell gives, each as a path: `2,3` stands for two rows of an upper list,
/// `1.1` is the first part of the first. Empty where the text is no serial.
///
/// Alternatives stand behind one another (`1、729`), or are a range (`2-3`, `5～7`) where the second number is the
/// greater one; else the dash parts a path (`3-1`). A row counts as many times as it has alternatives against a
/// declared count, and once where it has none: `serials(text).len().max(1)`.
///
/// ```
/// use qingdan::serial::serials;
/// assert_eq!(serials("2,3"), [[2], [3]]);
/// assert_eq!(serials("1、729"), [[1], [729]]);
/// assert_eq!(serials("5～7"), [[5], [6], [7]]);
/// assert_eq!(serials("1.1"), [[1, 1]]);
/// assert_eq!(serials("2.0"), [[2]]);
/// assert!(serials("甲").is_empty());
/// ```
#[must_use]
pub fn serials(text: &str) -> Vec<Vec<u32>> {
    // What is this long is a text.
    if text.len() > 400 {
        return Vec::new();
    }
    // A number on a line of its own is one more.
    let lines = text.trim().nfkc().map(|c| if c == '\n' { '、' } else { c });
    let text: String = lines.filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_end_matches(['、', '.', '。', ',', ';', '*']);
    let mut found = Vec::new();
    for piece in text.split(['、', ',', ';', '/', '和']).filter(|piece| !piece.is_empty()) {
        let Some(read) = alternatives(piece) else { return Vec::new() };
        found.extend(read);
    }
    found
}

/// One number, one path, or the numbers of a range.
fn alternatives(piece: &str) -> Option<Vec<Vec<u32>>> {
    let inner = piece.strip_prefix('(').and_then(|p| p.strip_suffix(')')).unwrap_or(piece);
    if let Some((from, to)) = inner.split_once(['-', '~', '—', '–', '至']) {
        let to = to.trim_start_matches(['-', '—']);
        let (first, last) = (number(from)?, number(to)?);
        return match last.checked_sub(first) {
            Some(more @ 1..=LONGEST) => Some((first..=first + more).map(|n| vec![n]).collect()),
            Some(1..) => None,
            _ => Some(vec![vec![first, last]]),
        };
    }
    let mut path = inner.trim_end_matches('.').split('.').map(number).collect::<Option<Vec<u32>>>()?;
    // A whole number as a spreadsheet exports it.
    if let [whole, 0] = path[..] {
        path = vec![whole];
    }
    Some(vec![path])
}

/// A heading without the number in front of it: 一、…, （一）…, 1.…, ①…. A year is none ((2019)12号).
pub(crate) fn unnumbered(text: &str) -> &str {
    let counts = |head: &str| number(head).is_some_and(|n| n < 1_000);
    let text = text.trim_start();
    let bracketed = text.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）']));
    let rest = match bracketed {
        Some((inner, rest)) => counts(inner).then_some(rest),
        // 1.5米 is no first entry.
        None => text
            .split_once(['、', '.', '．'])
            .filter(|(_, rest)| !rest.starts_with(|c: char| c.is_ascii_digit()))
            .filter(|(head, _)| counts(head))
            .map(|(_, rest)| rest),
    };
    rest.unwrap_or_else(|| text.trim_start_matches(|c| ('①'..='⑳').contains(&c))).trim_start()
}

/// A number in digits or in Chinese up to 9999.
pub(crate) fn number(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 27 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let digit = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).map(|n| n as u32);
    let (mut sum, mut last, mut unit) = (0, None, 10_000);
    for c in text.chars() {
        let here = match c {
            '千' => 1_000,
            '百' => 100,
            '十' => 10,
            '零' | '〇' if last.is_none() => continue,
            c if last.is_none() => {
                last = Some(digit(c)?);
                continue;
            }
            _ => return None,
        };
        // Units go down; 十 alone is ten.
        if here >= unit || last.is_none() && (here != 10 || sum > 0) {
            return None;
        }
        sum += last.take().unwrap_or(1) * here;
        unit = here;
    }
    sum += last.unwrap_or(0);
    (sum > 0).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn serials_are_read_as_people_write_them() {
        let cases: &[(&str, &[&[u32]])] = &[
            ("1", &[&[1]]),
            (" １２ ", &[&[12]]),
            ("2.0", &[&[2]]),
            ("2.", &[&[2]]),
            ("3、", &[&[3]]),
            ("1.1", &[&[1, 1]]),
            ("1.1.2", &[&[1, 1, 2]]),
            ("1.10", &[&[1, 10]]),
            ("1．2", &[&[1, 2]]),
            ("2,3", &[&[2], &[3]]),
            ("2，3", &[&[2], &[3]]),
            ("1、729", &[&[1], &[729]]),
            ("1、\n2", &[&[1], &[2]]),
            ("2-3", &[&[2], &[3]]),
            ("5～7", &[&[5], &[6], &[7]]),
            ("5至7", &[&[5], &[6], &[7]]),
            ("1、5—6", &[&[1], &[5], &[6]]),
            ("3-1", &[&[3, 1]]),
            ("1-1", &[&[1, 1]]),
            ("一", &[&[1]]),
            ("（十二）", &[&[12]]),
            ("二十一", &[&[21]]),
            ("一百零五", &[&[105]]),
            ("①", &[&[1]]),
            ("1*", &[&[1]]),
            ("", &[]),
            ("/", &[]),
            ("无", &[]),
            ("甲", &[]),
            ("1、甲", &[]),
            ("1-99999", &[]),
            ("99999999999", &[]),
            ("百", &[]),
            ("一一", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(serials(text), *expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "[0-9一十百零.、,～\\-（） ]{0,12}|\\PC{0,12}") {
            let _ = serials(&text);
        }
        #[test]
        fn alternatives_are_read_as_they_were_joined(
            numbers in prop::collection::vec(1..2_000u32, 1..5), joint in prop::sample::select(vec!["、", ",", "，", "、 "])
        ) {
            let text = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(joint);
            prop_assert_eq!(serials(&text).concat(), numbers);
        }
    }
}
