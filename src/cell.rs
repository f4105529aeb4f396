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

    proptest! {
        #[test]
        fn pieces_are_the_text_without_separators(text in "[甲（()）、《》 ]{0,16}") {
            let strip = |t: &str| t.replace([' ', '、'], "");
            prop_assert_eq!(strip(&cut(&text, &['、']).concat()), strip(&text));
        }
    }
}
