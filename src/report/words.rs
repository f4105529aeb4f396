//! The words of reports in both languages, and how figures and lists are written.

use crate::adjustment::Adjustment;
use crate::codes::AdjustmentKind;
use crate::problem::Lang;
use std::borrow::Cow;

/// Headings of sections that say more than the kind's label.
const HEADINGS: [(AdjustmentKind, &str); 4] = [
    (AdjustmentKind::Renamed, "名称调整"),
    (AdjustmentKind::AuthorityChanged, "主管部门、实施机关调整"),
    (AdjustmentKind::BasisChanged, "设定和实施依据调整"),
    (AdjustmentKind::Edited, "其他要素调整"),
];

/// The fields of a list's header by what people call them.
const HEADER_TITLES: [(&str, &str); 14] = [
    ("title", "标题"),
    ("scope", "适用范围"),
    ("region", "行政区划"),
    ("issuer", "发布机关"),
    ("document", "文号"),
    ("approval", "审定"),
    ("published", "发布日期"),
    ("effective", "施行日期"),
    ("as_of", "截至日期"),
    ("replaces", "替代的清单"),
    ("declared", "公布项数"),
    ("parts", "分部"),
    ("notes", "附注"),
    ("columns", "表头列"),
];

/// The kind as a word in a sentence.
pub(super) fn kind(kind: &AdjustmentKind, lang: Lang) -> Cow<'_, str> {
    match lang {
        Lang::Zh => Cow::Borrowed(kind.label()),
        Lang::En => Cow::Owned(kind.as_str().replace('-', " ")),
    }
}

/// The kind as the heading of a section.
pub(super) fn heading(of: &AdjustmentKind, lang: Lang) -> String {
    match lang {
        Lang::Zh => HEADINGS.iter().find(|(k, _)| k == of).map_or(of.label(), |(_, h)| h).to_owned(),
        Lang::En => {
            let words = kind(of, lang);
            let mut letters = words.chars();
            letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    }
}

/// All kinds that hold for an item (更名；依据调整).
pub(super) fn kinds(adjustment: &Adjustment, lang: Lang) -> String {
    let all: Vec<_> =
        std::iter::once(&adjustment.kind).chain(&adjustment.also).map(|k| kind(k, lang)).collect();
    all.join(semicolon(lang))
}

/// A field of the list's header.
pub(super) fn header_title(field: &str, lang: Lang) -> String {
    let zh = HEADER_TITLES.iter().find(|(name, _)| *name == field).map(|(_, title)| *title);
    match (lang, zh) {
        (Lang::Zh, Some(title)) => title.to_owned(),
        _ => field.replace('_', " "),
    }
}

/// Between statements.
pub(super) fn semicolon(lang: Lang) -> &'static str {
    lang.pick("；", "; ")
}

/// Between a label and what it labels.
pub(super) fn colon(lang: Lang) -> &'static str {
    lang.pick("：", ": ")
}

/// Between things of a list.
pub(super) fn comma(lang: Lang) -> &'static str {
    lang.pick("、", ", ")
}

/// `3项`, `3 items`.
pub(super) fn items(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{n}项"),
        Lang::En if n == 1 => "1 item".to_owned(),
        Lang::En => format!("{n} items"),
    }
}

/// In brackets behind a name.
pub(super) fn bracketed(text: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("（{text}）"),
        Lang::En => format!(" ({text})"),
    }
}

/// The number of a section: 一、 二、 …, `1. `.
pub(super) fn ordinal(n: usize, lang: Lang) -> String {
    if lang == Lang::En || !(1..100).contains(&n) {
        return format!("{n}. ");
    }
    let digit =
        |d: usize| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"].get(d).copied().unwrap_or("");
    let tens = match n / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        t => format!("{}十", digit(t)),
    };
    format!("{tens}{}、", digit(n % 10))
}

/// A year as the label of an edition is told as one.
pub(super) fn edition(label: &str, lang: Lang) -> String {
    let year = label.len() == 4 && label.bytes().all(|b| b.is_ascii_digit());
    if year && lang == Lang::Zh { format!("{label}年版") } else { label.to_owned() }
}

/// What stands for a decision that is not known.
pub(super) fn pending(lang: Lang) -> &'static str {
    lang.pick("待补", "to be supplied")
}

/// What stands for a department that the list does not name.
pub(super) fn department(name: &str, lang: Lang) -> Cow<'_, str> {
    if name.is_empty() {
        Cow::Borrowed(lang.pick("（未列主管部门）", "(no department)"))
    } else {
        Cow::Owned(super::pieces::visible(name))
    }
}
