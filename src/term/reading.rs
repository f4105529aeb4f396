//! What the names of materials and fees hold besides a name: numbers at the head, brackets at the end.

/// Takes a number in a list off the head: `1.`, `2、`, `（3）`, `①`. `1.5万元` has none.
#[inline]
pub(super) fn numbered(text: &str) -> (Option<&str>, &str) {
    let text = text.trim();
    let cut = |end: usize| {
        let rest = text[end..].trim_start();
        if rest.is_empty() { (None, text) } else { (Some(&text[..end]), rest) }
    };
    let digit =
        |c: char| c.is_ascii_digit() || matches!(c, '０'..='９') || "一二三四五六七八九十".contains(c);
    let mut chars = text.char_indices();
    match chars.next() {
        Some((_, c @ '①'..='⑳')) => cut(c.len_utf8()),
        Some((_, c)) if crate::cell::is_open(c) => {
            let inner = &text[c.len_utf8()..];
            let digits = inner.find(|c| !digit(c)).unwrap_or(inner.len());
            match inner[digits..].chars().next() {
                Some(close) if digits > 0 && digits < 10 && crate::cell::is_close(close) => {
                    cut(c.len_utf8() + digits + close.len_utf8())
                }
                _ => (None, text),
            }
        }
        Some(_) => {
            let digits = text.find(|c| !digit(c)).unwrap_or(text.len());
            let mut behind = text[digits..].chars();
            match (behind.next(), behind.next()) {
                (Some(dot), next)
                    if (1..10).contains(&digits)
                        && "..．、".contains(dot)
                        && !next.is_some_and(|c| c.is_ascii_digit()) =>
                {
                    cut(digits + dot.len_utf8())
                }
                _ => (None, text),
            }
        }
        None => (None, text),
    }
}

/// A count in digits or in one Chinese numeral, and what follows it.
#[inline]
pub(super) fn count(text: &str) -> Option<(u32, &str)> {
    let form = text.trim_start();
    let digits = form.find(|c: char| !c.is_ascii_digit()).unwrap_or(form.len());
    if digits > 0 {
        return Some((form[..digits].parse().ok()?, form[digits..].trim_start()));
    }
    let first = form.chars().next()?;
    let value = match first {
        '两' => 2,
        c => "一二三四五六七八九十".chars().position(|known| known == c)? as u32 + 1,
    };
    Some((value, form[first.len_utf8()..].trim_start()))
}
