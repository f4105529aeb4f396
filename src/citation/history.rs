//! What became of a legal text: （2004年11月30日国务院令第426号公布，2017年8月26日修订）.

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
    let done = ["通过", "修正", "修订", "公布", "发布", "施行", "令"].iter().any(|word| text.contains(word));
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
    for event in events(history) {
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

/// The events of a history: cut at commas, semicolons and full stops outside brackets and titles.
fn events(history: &str) -> Vec<&str> {
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
        let from = body.rfind(|c: char| c.is_ascii_digit() || "日年，,；;。（( \u{3000}".contains(c));
        let from = from.map_or(0, |at| at + body[at..].chars().next().map_or(0, char::len_utf8));
        return Some(outside[from..at + '号'.len_utf8()].trim());
    }
    None
}
