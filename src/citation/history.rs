//! What became of a legal text: （2004年11月30日国务院令第426号公布，2017年8月26日修订）.

use std::borrow::Cow;

/// The history behind a title, and the text behind it. In brackets, or as plain text up to the line's end where
/// that tells of dates and decrees. `None` where there is none.
pub(super) fn history(text: &str) -> Option<(&str, &str)> {
    let start = text.trim_start_matches([' ', '\u{3000}', '\t', '”', '"']);
    if start.starts_with(['（', '(', '{', '〔', '[', '［', '﹙']) {
        let end = bracketed(start);
        return Some((&start[..end], &start[end..]));
    }
    let line = super::line_of(start);
    if line.starts_with(['第', '：', ':', '《', '、', '；', '，', '附']) && !line.starts_with("第一次")
        || line.is_empty()
    {
        return None;
    }
    // Up to the first article; a bracket that was never opened ends it too.
    let mut end = line.len();
    for (at, _) in line.match_indices('第') {
        if super::locator::locators(&line[at..]).is_some() {
            end = at;
            break;
        }
    }
    if let Some(close) = line.find([')', '）']).filter(|&at| at < end && !line[..at].contains(['(', '（']))
    {
        end = close + line[close..].chars().next().map_or(0, char::len_utf8);
    }
    let told = &line[..end];
    if told.len() > 1500 || !tells(told) {
        return None;
    }
    Some((told, &start[end..]))
}

/// Whether plain text behind a title is a history: dates, decrees, what was done.
fn tells(text: &str) -> bool {
    let dated = text.chars().zip(text.chars().skip(1)).any(|(a, b)| a.is_ascii_digit() && b == '年');
    let done = ["通过", "修正", "修订", "修改", "公布", "发布", "颁布", "批准", "施行", "令"]
        .iter()
        .any(|word| text.contains(word));
    let numbered = text.contains('号') && text.chars().any(|c| c.is_ascii_digit() || c.is_numeric());
    dated && done || numbered
}

/// The length of the bracket that the text begins with. One that is never closed ends with its line.
pub(super) fn bracketed(text: &str) -> usize {
    let text = super::clipped(text, super::REACH);
    let mut depth = 0_usize;
    let mut line_end = None;
    let mut lines = 0;
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' | '{' | '〔' | '[' | '［' | '【' | '﹙' => depth += 1,
            '）' | ')' | '}' | '〕' | ']' | '］' | '】' | '﹚' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + c.len_utf8();
                }
            }
            '\n' => {
                line_end.get_or_insert(at);
                lines += 1;
                // A history goes over a line's end at times, over an article's beginning never.
                let next = text[at..].trim_start();
                if lines > 3 || next.starts_with('第') || next.starts_with('【') || next.starts_with('《')
                {
                    break;
                }
            }
            _ => {}
        }
    }
    // Without its own end: the last closing bracket of the line, or the place where the articles begin.
    let line = &text[..line_end.unwrap_or(text.len())];
    if let Some(at) = line.rfind(['）', ')']) {
        return at + line[at..].chars().next().map_or(0, char::len_utf8);
    }
    for (at, _) in line.match_indices('第') {
        if let Some((places, _)) = super::locator::locators(&line[at..])
            && places.iter().any(|place| place.article.is_some())
        {
            return at;
        }
    }
    line.len()
}

/// The number under which a text was first published, of its history: 主席令第34号, 国务院令第426号, 国发〔2019〕6号.
///
/// Numbers behind 根据, 依据 and 按照 belong to the act that amended it, a 令 without 号 (国务院令第68次常务会议)
/// is none.
pub(super) fn number(history: &str) -> Option<&str> {
    let mut amending = false;
    for event in pieces(history) {
        let amends = ["根据", "依据", "按照"].iter().any(|word| event.contains(word));
        if !amending
            && !amends
            && let Some(number) = number_in(event)
        {
            return Some(number);
        }
        // What is said of the amending act goes on until it is said what was amended.
        if amends {
            amending = !["修正", "修订", "修改"].iter().any(|word| event.contains(word));
        }
    }
    None
}

/// What was done to a legal text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Deed {
    /// 通过: adopted.
    Adopted,
    /// 批准: approved.
    Approved,
    /// 公布, 发布, 颁布: made known.
    Promulgated,
    /// 修正, 修改, 予以修改: some articles changed.
    Amended,
    /// 修订: written anew.
    Revised,
    /// 施行: in force from then on.
    InForce,
    /// 废止: no longer in force. In a history this is often said of another text (…同时废止).
    Repealed,
}

/// The words of a deed; the first that an event ends with counts.
const DEEDS: &[(&str, Deed)] = &[
    ("废止", Deed::Repealed),
    ("施行", Deed::InForce),
    ("实施", Deed::InForce),
    ("修订", Deed::Revised),
    ("修正", Deed::Amended),
    ("修改", Deed::Amended),
    ("公布", Deed::Promulgated),
    ("发布", Deed::Promulgated),
    ("颁布", Deed::Promulgated),
    ("批准", Deed::Approved),
    ("通过", Deed::Adopted),
];

/// A day as a history names it; month and day may be missing (2016年).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Day {
    /// The year.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31.
    pub day: Option<u8>,
}

/// One event of a text's history (2017年8月26日国务院令第686号修订).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<'t> {
    /// The event as written.
    pub text: &'t str,
    /// When; the first day named.
    pub day: Option<Day>,
    /// What was done; `None` where no known word says it.
    pub deed: Option<Deed>,
    /// The number of the document by which it was done. Behind 根据 and 依据 it is the amending act's.
    pub number: Option<&'t str>,
    /// Title of the amending act (根据《…决定》), without outer brackets.
    pub by: Option<Cow<'t, str>>,
}

/// The events of a history, in its order. What none of the known words tells stays as text.
///
/// ```
/// use qingdan::citation::{Deed, events};
/// let events = events("（2004年11月30日国务院令第426号公布，2017年8月26日修订，自2018年2月1日起施行）");
/// assert_eq!(events[0].deed, Some(Deed::Promulgated));
/// assert_eq!(events[0].number, Some("国务院令第426号"));
/// assert_eq!(events[1].deed, Some(Deed::Revised));
/// assert_eq!(events[1].day.map(|day| (day.year, day.month, day.day)), Some((2017, Some(8), Some(26))));
/// assert_eq!(events[2].deed, Some(Deed::InForce));
/// ```
#[must_use]
pub fn events(history: &str) -> Vec<Event<'_>> {
    let mut out = Vec::new();
    for piece in pieces(history) {
        for text in by_blanks(piece) {
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            let outside = outside_titles(text);
            let found = DEEDS.iter().filter_map(|(word, deed)| outside.rfind(word).map(|at| (at, *deed)));
            let deed = found.max_by_key(|(at, _)| *at).map(|(_, deed)| deed);
            let by = ["根据", "依据", "按照"].iter().any(|word| text.contains(word)).then(|| {
                let at = text.find('《')?;
                let end = super::title::balanced(&text[at..])?;
                Some(super::title_form(&text[at..at + end]))
            });
            let behind = text.rfind('》').map_or(text, |at| &text[at..]);
            let number = number_in(text).or_else(|| number_in(behind));
            out.push(Event { text, day: day_in(text), deed, number, by: by.flatten() });
        }
    }
    out
}

/// Cut at blanks that stand before a date or behind a deed: 2017年11月4日修正 2019年4月23日修正.
fn by_blanks(piece: &str) -> Vec<&str> {
    let (mut out, mut from) = (Vec::new(), 0);
    for (at, c) in piece.char_indices().filter(|(_, c)| c.is_whitespace()) {
        let (before, behind) = (piece[from..at].trim_end(), piece[at..].trim_start());
        let told = DEEDS.iter().any(|(word, _)| before.ends_with(word));
        let dated = behind.starts_with(|c: char| c.is_ascii_digit()) && day_in(behind).is_some()
            || ["根据", "依据", "自"].iter().any(|word| behind.starts_with(word));
        if told && dated {
            out.push(&piece[from..at]);
            from = at + c.len_utf8();
        }
    }
    out.push(&piece[from..]);
    out
}

/// The text with what stands inside titles blanked out; of equal length.
fn outside_titles(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '》' {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            out.push(c);
        } else {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        }
        if c == '《' {
            depth += 1;
        }
    }
    out
}

/// The first day that a text names: 2004年11月30日, 2004 年6月29日, 2016年.
fn day_in(text: &str) -> Option<Day> {
    let plain: String = outside_titles(text).chars().filter(|c| !c.is_whitespace()).collect();
    for (at, _) in plain.match_indices('年') {
        let head = &plain[..at];
        let digits = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        if digits != 4 {
            continue;
        }
        let year: u16 = head[at - 4..].parse().ok()?;
        if !(1900..2200).contains(&year) {
            continue;
        }
        let (month, rest) = numbered(&plain[at + '年'.len_utf8()..], '月', 12);
        let (day, _) = if month.is_some() { numbered(rest, '日', 31) } else { (None, rest) };
        return Some(Day { year, month, day });
    }
    None
}

/// A number of one or two digits in front of a word, up to a bound.
fn numbered(text: &str, word: char, most: u8) -> (Option<u8>, &str) {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let read = text[..digits].parse().ok().filter(|n| (1..=most).contains(n));
    match (read, text[digits..].strip_prefix(word)) {
        (Some(n), Some(rest)) => (Some(n), rest),
        _ => (None, text),
    }
}

/// The pieces of a history: cut at commas, semicolons and full stops outside brackets and titles.
fn pieces(history: &str) -> Vec<&str> {
    let inside = history.trim_matches(|c: char| "（）(){}".contains(c) || c.is_whitespace());
    let (mut events, mut from, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, c) in inside.char_indices() {
        match c {
            '（' | '(' | '《' | '〈' => depth += 1,
            '）' | ')' | '》' | '〉' => depth = depth.saturating_sub(1),
            '，' | ',' | '；' | ';' | '。' if depth == 0 => {
                events.push(&inside[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    events.push(&inside[from..]);
    events
}

/// A document's number in a text: …令第N号, …令YYYY年第N号, …〔YYYY〕N号, 公告第N号.
pub(super) fn number_in(text: &str) -> Option<&str> {
    let outside = text.find('《').map_or(text, |at| &text[..at]);
    for (at, _) in outside.match_indices('号') {
        let head = &outside[..at];
        let digits = |c: char| c.is_numeric() || "第年〔〕[]［］【】 令零一二三四五六七八九十百".contains(c);
        let body = head.trim_end_matches(digits);
        let tail = &head[body.len()..];
        if !tail.chars().any(|c| c.is_numeric() || "一二三四五六七八九十百".contains(c)) {
            continue;
        }
        let is_decree = tail.contains('令') || body.ends_with("公告") || body.ends_with("国务院");
        let is_document = tail.contains(['〔', '[', '［', '【']) || tail.starts_with('第');
        if !is_decree && !is_document {
            continue;
        }
        let from = body.rfind(|c: char| c.is_ascii_digit() || "日月年，,；;。（( \u{3000}".contains(c));
        let from = from.map_or(0, |at| at + body[at..].chars().next().map_or(0, char::len_utf8));
        return Some(outside[from..at + '号'.len_utf8()].trim());
    }
    None
}
