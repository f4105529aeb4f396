//! Titles of legal texts: 《浙江省实施〈中华人民共和国节约能源法〉办法》.

use std::borrow::Cow;

const OPENING: [char; 5] = ['《', '〈', '<', '＜', '«'];
const CLOSING: [char; 5] = ['》', '〉', '>', '＞', '»'];

/// The length of the title that the text begins with, brackets included; a title may hold titles. `None`
/// where it is not closed before the line ends.
pub(super) fn balanced(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        if OPENING.contains(&c) {
            // 《《甲法》: the first is a slip.
            if !(depth == 1 && at == '《'.len_utf8() && c == '《' && once_closed(text)) {
                depth += 1;
            }
        } else if CLOSING.contains(&c) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at + c.len_utf8());
            }
        } else if c == '\n' {
            return None;
        }
    }
    None
}

/// The length of a title that is never closed: up to the bracket of its history, or to the line's end.
pub(super) fn unclosed(line: &str) -> Option<usize> {
    let end = line.find(['（', '(', '，', '。', '：', ':']).unwrap_or(line.len());
    (end > '《'.len_utf8() && line[..end].chars().count() < 80).then_some(end)
}

/// Whether the line closes a 《 once only.
fn once_closed(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    line.matches('》').count() < line.matches('《').count()
}

/// A title in its one form: without outer brackets and blanks, inner ones 〈〉.
///
/// ```
/// use qingdan::citation::title_form;
/// assert_eq!(title_form("《浙江省实施《中华人民共和国 节约能源法》办法》"), "浙江省实施〈中华人民共和国节约能源法〉办法");
/// ```
#[must_use]
pub fn title_form(title: &str) -> Cow<'_, str> {
    let title = title.trim();
    let inside = match title.strip_prefix('《') {
        Some(inside) if balanced(title) == Some(title.len()) => &inside[..inside.len() - '》'.len_utf8()],
        _ => title,
    };
    // A title that is never closed.
    let inside = inside.strip_prefix('《').filter(|rest| !rest.contains('》')).unwrap_or(inside);
    let plain = |c: char| !c.is_whitespace() && !"《》<>＜＞«»".contains(c);
    if inside.chars().all(plain) {
        return Cow::Borrowed(inside);
    }
    let form: String = inside
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '《' | '<' | '＜' | '«' => '〈',
            '》' | '>' | '＞' | '»' => '〉',
            c => c,
        })
        .collect();
    // A slip at the edge leaves one bracket too many.
    let (opening, closing) = (form.matches('〈').count(), form.matches('〉').count());
    Cow::Owned(match form.strip_prefix('〈') {
        Some(rest) if opening > closing => rest.to_owned(),
        _ => form,
    })
}
