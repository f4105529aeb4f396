//! Notices without a table: sentences that quote names.

use super::{Notice, NoticeRow};
use crate::cell::enclosed;
use crate::codes::AdjustmentKind;
use crate::document::Reading;
use crate::problem::{Message, Problem};

/// The quoted texts of a text that is nothing but these and what stands between names.
pub(super) fn nothing_but_quoted(text: &str) -> Option<Vec<&str>> {
    let spans = spans(text);
    let mut from = 0;
    let mut outside = String::new();
    for &(start, end) in &spans {
        outside += &text[from..start];
        from = end;
    }
    outside += &text[from..];
    let joint = |c: char| c.is_whitespace() || "“”\"、，,；;和及".contains(c);
    (!spans.is_empty() && outside.chars().all(joint))
        .then(|| spans.into_iter().map(|(from, to)| &text[from..to]).collect())
}

/// Where quoted texts stand, without the quotes.
fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match open {
            None if matches!(c, '“' | '"') => open = Some((at + c.len_utf8(), c)),
            Some((from, mark)) if c == if mark == '“' { '”' } else { '"' } => {
                if from < at {
                    found.push((from, at));
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// Words behind a quoted text that is no item: “放管服”改革.
const NO_ITEM: [&str; 6] = ["改革", "工作", "行动", "机制", "要求", "精神"];

/// The sentences of a text: cut at 。 ； and line ends outside of brackets and quotes.
fn sentences(text: &str) -> Vec<&str> {
    crate::cell::cut(text, &['。', '；', ';', '\n', '\r'])
}

/// A sentence without what is quoted and what stands in brackets or 《》: the words that say what happens.
fn plain(sentence: &str) -> String {
    let mut hidden: Vec<(usize, usize)> = enclosed(sentence).into_iter().map(|r| (r.start, r.end)).collect();
    hidden.extend(spans(sentence));
    hidden.sort_unstable();
    let (mut out, mut from) = (String::new(), 0);
    for (start, end) in hidden {
        if start >= from {
            out += &sentence[from..start];
            from = end;
        }
    }
    out + &sentence[from..]
}

/// The text between two words, where they stand in this order: up to the next comma, behind the last mark before.
fn between<'a>(text: &'a str, before: &str, behind: &str) -> Option<&'a str> {
    let from = text.find(before)? + before.len();
    let to = from + text[from..].find(behind)?;
    Some(text[from..to].trim()).filter(|found| !found.is_empty())
}

impl Notice {
    /// Reads a notice without a table: each sentence that quotes names (“A”、“B”) is a row, whose kinds are those that the
    /// sentence names; it may name several, and several items. What it stands on (根据…) is its reason, 由甲调整为乙 are
    /// its organs. Every other sentence is kept in the notes, the first in the head. Linear.
    ///
    /// ```
    /// use qingdan::{codes::AdjustmentKind::{AuthorityChanged, Removed, Withdrawn}, notice::Notice};
    /// let notice = Notice::read_prose(
    ///     "根据《国务院关于修改和废止部分行政法规的决定》（国务院令第797号），删去市市场监管局主管的“药品零售企业筹建审批”。\
    ///      将“甲审批”“乙审批”的省级主管部门调整为省地方金融管理局，并收回市级实施权限。",
    /// ).ok()?;
    /// let said = notice.statements();
    /// assert_eq!((&said[0].kinds[..], &said[0].before[..]), (&[Removed][..], &["药品零售企业筹建审批".to_owned()][..]));
    /// assert_eq!((&said[1].kinds[..], said[1].before.len()), (&[AuthorityChanged, Withdrawn][..], 2));
    /// # Ok::<(), qingdan::document::Refused>(())
    /// ```
    #[must_use]
    pub fn read_prose(text: &str) -> Reading<Self> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut notice = Self::default();
        let (mut line, mut read) = (1_u32, 0);
        for sentence in sentences(text) {
            // Where the sentence begins in the text that it is cut from.
            let at = (sentence.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            let ends = text.get(read..at).map_or(0, |passed| passed.matches('\n').count());
            (line, read) = (line.saturating_add(ends as u32), at);
            let items: Vec<&str> = spans(sentence)
                .into_iter()
                .filter(|&(_, to)| {
                    let behind = sentence[to..].trim_start_matches(['”', '"']);
                    !NO_ITEM.iter().any(|word| behind.starts_with(word))
                })
                .map(|(from, to)| &sentence[from..to])
                .collect();
            let words = plain(sentence);
            let kinds = kinds_of(&words);
            if items.is_empty() {
                let list = if notice.rows.is_empty() { &mut notice.head } else { &mut notice.notes };
                list.push(sentence.into());
                continue;
            }
            let mut row = NoticeRow { line: Some(line), ..NoticeRow::default() };
            row.content = sentence.into();
            row.kinds = kinds.iter().map(AdjustmentKind::label).collect::<Vec<_>>().join("；").into();
            if let Some(reason) = sentence.strip_prefix("根据") {
                row.reason = reason.split(['，', ',']).next().unwrap_or_default().trim().into();
            }
            // 删去市市场监管局主管的“…”
            if let Some(department) = department(&words) {
                row.department = department.into();
            }
            row.organ_before = between(&words, "部门由", "调整为")
                .or_else(|| between(&words, "机关由", "调整为"))
                .unwrap_or_default()
                .into();
            row.organ_after = between(&format!("{words}，"), "调整为", "，").unwrap_or_default().into();
            let names = items.join("\n");
            let renamed = kinds.first() == Some(&AdjustmentKind::Renamed);
            match &items[..] {
                // “A”更名为“B”
                [before, after] if renamed => {
                    row.name_before = (*before).into();
                    row.name_after = (*after).into();
                }
                _ => row.name = names.as_str().into(),
            }
            if kinds.is_empty() && super::Words::of(&words).unspecific {
                row.kinds = "调整".into();
            }
            notice.rows.push(row);
        }
        let mut problems = super::row_problems(&notice);
        if notice.rows.is_empty() {
            problems.push(Problem::error(
                "notice/no-row",
                Message::new(
                    "没有一句话用引号写明事项名称；请检查文件",
                    "no sentence quotes the name of an item; see whether it is the right file",
                ),
            ));
        }
        Reading { value: notice, problems }
    }
}

/// The kinds that a sentence names. What its reason says (根据…，因…调整) is none of them.
fn kinds_of(words: &str) -> Vec<AdjustmentKind> {
    let said = match words.strip_prefix("根据").and_then(|rest| rest.split_once(['，', ','])) {
        Some((_, said)) => said,
        None => words,
    };
    AdjustmentKind::named_in(said)
}

/// Whose items they are: what stands between the verb and 主管的.
fn department(words: &str) -> Option<String> {
    let at = ["主管的", "实施的", "负责的", "承担的"].iter().find_map(|word| words.find(word))?;
    let before = &words[..at];
    let from = before
        .rfind(['，', ',', '、', '。'])
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let mut name = before[from..].trim();
    for verb in ["将", "取消", "删去", "删除", "废止", "下放", "收回", "新增", "合并", "暂停", "恢复"]
    {
        name = name.strip_prefix(verb).unwrap_or(name);
    }
    (!name.is_empty()).then(|| name.to_owned())
}
