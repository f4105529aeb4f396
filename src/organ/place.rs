//! The place at the head of a body's name: 青海省海东市平安区, or 市 alone for the issuer's own.
//!
//! There is no list of places here: a place is told by the word that ends it. The words that look like one and are
//! none (市场, 城乡) are general knowledge.

use crate::code::DivisionCode;
use crate::codes::Level;

/// Words that end a place's name, with the level; the longer first.
const MARKERS: &[(&str, Mark)] = &[
    ("特别行政区", Mark::Is(Level::Province)),
    ("自治区", Mark::Is(Level::Province)),
    ("自治州", Mark::Is(Level::City)),
    ("自治县", Mark::Is(Level::County)),
    ("兵团", Mark::Is(Level::Province)),
    ("地区", Mark::Is(Level::City)),
    ("街道", Mark::Is(Level::Township)),
    ("省", Mark::Is(Level::Province)),
    ("市", Mark::City),
    ("州", Mark::Is(Level::City)),
    ("盟", Mark::Is(Level::City)),
    ("县", Mark::Is(Level::County)),
    ("区", Mark::Is(Level::County)),
    ("旗", Mark::Is(Level::County)),
    ("镇", Mark::Is(Level::Township)),
    ("乡", Mark::Is(Level::Township)),
];

#[derive(Clone)]
enum Mark {
    Is(Level),
    City,
}

/// What may not follow a marker: 市场, 区域, 乡镇.
const NOT_BEFORE: &[(&str, &[&str])] = &[
    ("市", &["场", "容", "区", "域", "镇"]),
    ("区", &["域", "划", "块", "间"]),
    ("县", &["域"]),
    ("乡", &["镇", "村"]),
    ("镇", &["乡"]),
];

/// What may not stand before the word that ends a place's name: 城市, 社区, or the word of another body.
const NOT_BEHIND: &[&str] =
    &["城", "都", "门", "上", "超", "社", "园", "景", "林", "矿", "灾", "片", "辖", "小", "联", "行政"];
/// What no name of a place holds.
const NOT_WITHIN: &[char] =
    &['局', '委', '部', '厅', '办', '会', '各', '和', '与', '科', '处', '、', '（', '('];

/// How long the place at a name's head is, in bytes; 0: none.
#[inline]
pub(super) fn length(name: &str) -> usize {
    last(name).map_or(0, |(end, _)| end)
}

/// The level of the place at a name's head, as far as it says one. 市 is what the region is, or what it writes 市 for.
#[inline]
pub(super) fn level(name: &str, region: &DivisionCode) -> Option<Level> {
    match last(name)?.1 {
        Mark::Is(level) => Some(level),
        Mark::City if region.city_level() == region.level() => Some(region.level()),
        Mark::City => Some(Level::City),
    }
}

/// The end of the last place at the head, and its kind.
#[inline]
fn last(name: &str) -> Option<(usize, Mark)> {
    let mut found = None;
    let mut at = 0;
    while let Some((end, mark)) = next(&name[at..]) {
        at += end;
        found = Some((at, mark));
    }
    found
}

/// A place that begins here, of at most twelve characters.
#[inline]
fn next(text: &str) -> Option<(usize, Mark)> {
    for (count, (at, c)) in text.char_indices().take(12).enumerate() {
        let rest = &text[at..];
        if let Some((word, mark)) = MARKERS.iter().find(|(word, _)| rest.starts_with(word)) {
            let (before, behind) = (&text[..at], &rest[word.len()..]);
            let bad =
                NOT_BEFORE.iter().any(|(of, next)| of == word && next.iter().any(|n| behind.starts_with(n)));
            let fits = match count {
                0 => stands_alone(word, behind),
                1 => *word == "县",
                _ => !NOT_BEHIND.iter().any(|word| before.ends_with(word)),
            };
            // A place has a body behind it.
            if !bad && fits && !behind.is_empty() {
                return Some((at + word.len(), mark.clone()));
            }
        }
        if NOT_WITHIN.contains(&c) {
            return None;
        }
    }
    None
}

/// Whether a word alone means the issuer's own place: 市林草局, but not 市政管理局, 乡镇企业局.
#[inline]
fn stands_alone(word: &str, behind: &str) -> bool {
    let any = |words: &[&str]| words.iter().any(|word| behind.starts_with(word));
    match word {
        "市" if behind.starts_with('政') => any(&["政务", "政府", "政法", "政协", "政策", "政研"]),
        "市" if behind.starts_with('民') => any(&["民政", "民宗", "民族", "民委"]),
        "市" if behind.starts_with('监') => any(&["监察", "监狱", "监委"]),
        "省" => !any(&["际", "道", "级"]),
        "乡" | "镇" | "街道" => any(&["人民政府", "政府", "党", "办事处", "综合"]),
        "地区" => any(&["行署", "行政公署"]),
        _ => true,
    }
}
