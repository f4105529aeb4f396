//! Cells of tables as texts: cutting one into entries.

/// The bracket that closes `open`.
fn closing(open: char) -> Option<char> {
    Some(match open {
        '（' => '）',
        '(' => ')',
        '〔' => '〕',
        '[' => ']',
        '【' => '】',
        '《' => '》',
        '〈' => '〉',
        '“' => '”',
        '「' => '」',
        _ => return None,
    })
}

/// Which bytes of the text stand inside brackets. Half and full width close each other; a bracket that
/// is never closed encloses nothing.
pub(crate) fn enclosed(text: &str) -> Vec<std::ops::Range<usize>> {
    let half = |c: char| match c {
        '（' => '(',
        '）' => ')',
        c => c,
    };
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        if let Some(close) = closing(c) {
            open.push((half(close), at));
        } else if let Some(depth) = open.iter().rposition(|&(close, _)| close == half(c)) {
            let (_, from) = open[depth];
            open.truncate(depth);
            // What it encloses was closed last.
            while ranges.pop_if(|r| r.start > from).is_some() {}
            ranges.push(from..at);
        }
    }
    ranges
}

/// Cuts a text at `separators` outside brackets, trims the pieces and drops empty ones.
///
/// A bracket that is never closed encloses nothing: the text behind it is cut as if it were not there.
/// Linear.
///
/// ```
/// use qingdan::cell::cut;
/// assert_eq!(cut("市发改局(非技改类；其他)；市经信局", &['；']), ["市发改局(非技改类；其他)", "市经信局"]);
/// assert_eq!(cut("甲（乙；丙", &['；']), ["甲（乙", "丙"]);
/// ```
#[must_use]
pub fn cut<'a>(text: &'a str, separators: &[char]) -> Vec<&'a str> {
    if !text.contains(separators) {
        let text = text.trim();
        return if text.is_empty() { Vec::new() } else { vec![text] };
    }
    let ranges = enclosed(text);
    let mut ranges = ranges.iter().peekable();
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, separator) in text.match_indices(separators) {
        while ranges.next_if(|r| r.end < at).is_some() {}
        if ranges.peek().is_some_and(|r| r.start < at) {
            continue;
        }
        pieces.push(text[from..at].trim());
        from = at + separator.len();
    }
    pieces.push(text[from..].trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

pub(crate) fn is_open(c: char) -> bool {
    matches!(c, '（' | '(')
}
pub(crate) fn is_close(c: char) -> bool {
    matches!(c, '）' | ')')
}

/// The bracket at the end of a text: where it opens, and what is in it. One longer than 400 characters is none.
pub(crate) fn last_bracket(text: &str) -> Option<(usize, std::ops::Range<usize>)> {
    let mut depth = 0_u32;
    let close = text.chars().next_back().filter(|c| is_close(*c))?;
    for (at, c) in text.char_indices().rev().take(400) {
        if is_close(c) {
            depth += 1;
        } else if is_open(c) {
            depth -= 1;
            if depth == 0 {
                return Some((at, at + c.len_utf8()..text.len() - close.len_utf8()));
            }
        }
    }
    None
}

/// Whether a cell says «nothing here»: blank, or one of the marks that lists use for it.
///
/// (domain.md 4.3: 无 / 暂无 / `/` / — / `-`; examples.md adds `--` and null.)
#[must_use]
pub fn is_empty_mark(text: &str) -> bool {
    matches!(text.trim(), "" | "/" | "／" | "无" | "暂无" | "—" | "——" | "-" | "--" | "－" | "null" | "NULL")
}

/// How a piece of a numbered text is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    /// `1.`, `1．`, `1、`
    Stop,
    /// `(1)`, `（1）`
    Brackets,
    /// `①`
    Circle,
}

/// The number at the head of `text`, if there is one: its marking, itself, and how long the mark is.
fn numbered(text: &str) -> Option<(Numbering, u32, usize)> {
    let first = text.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return Some((Numbering::Circle, u32::from(first) - u32::from('①') + 1, first.len_utf8()));
    }
    let open = if matches!(first, '(' | '（') { first.len_utf8() } else { 0 };
    let digits = text[open..].bytes().take_while(u8::is_ascii_digit).count();
    // A sub item has no number of four digits; a year has.
    if !(1..=3).contains(&digits) {
        return None;
    }
    let number = text[open..open + digits].parse().ok()?;
    let mut rest = text[open + digits..].chars();
    let mark = rest.next()?;
    let length = open + digits + mark.len_utf8();
    match mark {
        ')' | '）' if open > 0 => Some((Numbering::Brackets, number, length)),
        '.' | '．' | '、' if open == 0 && !rest.next().is_some_and(|c| c.is_ascii_digit()) => {
            Some((Numbering::Stop, number, length))
        }
        _ => None,
    }
}

/// The sub items that share one cell: `1.新设采矿权审批  2.采矿权延续登记` is two, each with its number.
///
/// The cell is cut before numbers that are written as its first one is, go up, and stand behind white space (or
/// behind a full stop or a semicolon, where they go up by one). The first number may be any: `2.…` alone is one sub
/// item, and so is a text without numbers; a mark of nothing is none. What stands before a later number stays with the
/// piece before it, so that the pieces are the cell, but for white space at their ends.
///
/// ```
/// use qingdan::cell::sub_items;
/// assert_eq!(sub_items("1.新设采矿权审批       2.采矿权延续登记"), ["1.新设采矿权审批", "2.采矿权延续登记"]);
/// assert_eq!(sub_items("2.安全生产标准化三级企业评审"), ["2.安全生产标准化三级企业评审"]);
/// assert_eq!(sub_items("无"), Vec::<&str>::new());
/// ```
#[must_use]
pub fn sub_items(cell: &str) -> Vec<&str> {
    let text = cell.trim();
    if is_empty_mark(text) {
        return Vec::new();
    }
    let Some((style, first, length)) = numbered(text) else { return vec![text] };
    let mut pieces = Vec::new();
    let (mut from, mut last) = (0, first);
    // What is in front: nothing at the head of a line or behind white space; a sign behind which a number may follow.
    let (mut blank, mut ends) = (false, false);
    let mut skip = length;
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        if (blank || ends)
            && let Some((same, number, length)) = numbered(&text[at..])
            && same == style
            && (number == last + 1 || blank && number > last)
        {
            pieces.push(text[from..at].trim_end());
            (from, last, skip) = (at, number, at + length);
            (blank, ends) = (false, false);
            continue;
        }
        if c.is_whitespace() {
            blank = true;
        } else {
            blank = false;
            ends = matches!(c, '；' | ';' | '。');
        }
    }
    pieces.push(&text[from..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn brackets_are_never_cut() {
        let cut = |t| cut(t, &['、', '；', '\n']);
        assert_eq!(cut("畜牧兽医科（渔政、管理科）、农业科"), ["畜牧兽医科（渔政、管理科）", "农业科"]);
        assert_eq!(cut("a(b、c）、d"), ["a(b、c）", "d"]);
        assert_eq!(cut("《甲、乙〈丙、丁〉办法》；戊"), ["《甲、乙〈丙、丁〉办法》", "戊"]);
        assert_eq!(cut(" 、 ；\n"), Vec::<&str>::new());
        assert_eq!(cut("甲）、乙（丙、丁）"), ["甲）", "乙（丙、丁）"]);
    }

    #[test]
    fn sub_items_that_share_a_cell_are_told_apart() {
        let cases: &[(&str, &[&str])] = &[
            ("1.新设采矿权审批             2.采矿权延续登记", &["1.新设采矿权审批", "2.采矿权延续登记"]),
            ("1.甲\n2.乙\r\n3.丙", &["1.甲", "2.乙", "3.丙"]),
            ("1．甲；2．乙。", &["1．甲；", "2．乙。"]),
            ("1、甲 2、乙", &["1、甲", "2、乙"]),
            ("（1）甲（2）乙 （3）丙", &["（1）甲（2）乙", "（3）丙"]),
            ("(1)甲;(2)乙", &["(1)甲;", "(2)乙"]),
            ("①甲 ②乙", &["①甲", "②乙"]),
            ("3.甲 5.乙", &["3.甲", "5.乙"]),
            // A number that goes back, a decimal, another marking, a year are text.
            ("2.甲 1.乙", &["2.甲 1.乙"]),
            ("1.不少于 2.5米", &["1.不少于 2.5米"]),
            ("1.甲 （2）乙", &["1.甲 （2）乙"]),
            ("1.甲 2023.乙", &["1.甲 2023.乙"]),
            ("2.安全生产标准化三级", &["2.安全生产标准化三级"]),
            ("甲\n乙", &["甲\n乙"]),
            (" 甲 ", &["甲"]),
            ("/", &[]),
            ("", &[]),
        ];
        for (cell, expected) in cases {
            assert_eq!(sub_items(cell), *expected, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn sub_items_are_the_cell(cell in "([甲12（()）.、；;。①② \n]|1\\.|2\\.){0,16}|\\PC{0,16}") {
            let strip = |t: &str| t.split_whitespace().collect::<String>();
            let pieces = sub_items(&cell);
            if !pieces.is_empty() {
                prop_assert_eq!(strip(&pieces.concat()), strip(&cell));
            }
            prop_assert!(pieces.iter().all(|p| !p.is_empty() && p.trim() == *p));
        }
        #[test]
        fn pieces_are_the_text_without_separators(text in "[甲（()）、《》 ]{0,16}") {
            let strip = |t: &str| t.replace([' ', '、'], "");
            prop_assert_eq!(strip(&cut(&text, &['、']).concat()), strip(&text));
        }
    }
}
