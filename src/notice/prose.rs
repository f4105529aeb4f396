//! Notices without a table: sentences that quote names.

use super::{Notice, NoticeRow};
use crate::Text;
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

/// The sentences of a text: cut at 。 and line ends outside of brackets and quotes, and at ； where each part quotes names.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    for sentence in crate::cell::cut(text, &['。', '\n', '\r']) {
        if spans(sentence).is_empty() {
            sentences.push(sentence);
        } else {
            sentences.extend(crate::cell::cut(sentence, &['；', ';']));
        }
    }
    sentences
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
    /// Keeps a paragraph that names no item: above the first that does, or below.
    fn put_aside(&mut self, paragraph: &mut String) {
        if !paragraph.is_empty() {
            let list = if self.rows.is_empty() { &mut self.head } else { &mut self.notes };
            list.push(std::mem::take(paragraph).into());
        }
    }

    /// Reads a notice without a table: each sentence that quotes names (“A”、“B”) is a row, whose kinds are those that the
    /// sentence names; it may name several, and several items. What it stands on (根据…) is its reason, 由甲调整为乙 are
    /// its organs, and of “A”“B”合并为“C” the names behind 为 stand after. What names no item is kept by paragraphs, in the
    /// head and the notes. Linear.
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
        let (mut goes_on, mut paragraph) = (false, String::new());
        for sentence in sentences(text) {
            // Where the sentence begins in the text that it is cut from.
            let at = (sentence.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            let ends = text.get(read..at).map_or(0, |passed| passed.matches('\n').count());
            (line, read) = (line.saturating_add(ends as u32), at);
            let items: Vec<(usize, usize)> = spans(sentence)
                .into_iter()
                .filter(|&(_, to)| {
                    let behind = sentence[to..].trim_start_matches(['”', '"']);
                    !NO_ITEM.iter().any(|word| behind.starts_with(word))
                })
                .collect();
            let words = plain(sentence);
            let kinds = kinds_of(&words);
            if items.is_empty() {
                // A paragraph goes on: its counts belong together.
                if !(goes_on && ends == 0) {
                    notice.put_aside(&mut paragraph);
                }
                paragraph += if paragraph.is_empty() { "" } else { "。" };
                paragraph += sentence;
                goes_on = true;
                continue;
            }
            goes_on = false;
            notice.put_aside(&mut paragraph);
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
            // 将“A”“B”合并为“C”: what stands behind 为 is after.
            let joint = |pair: &[(usize, usize)]| match pair {
                [(_, to), (from, _)] => sentence[*to..*from].trim_end_matches(['“', '"']),
                _ => "",
            };
            let into = items.windows(2).position(|pair| {
                let words = joint(pair);
                words.ends_with('为') || words.ends_with("并入")
            });
            let names = |items: &[(usize, usize)]| -> Text {
                items.iter().map(|&(from, to)| &sentence[from..to]).collect::<Vec<_>>().join("\n").into()
            };
            match into {
                Some(last) => {
                    row.name_before = names(&items[..=last]);
                    row.name_after = names(&items[last + 1..]);
                }
                None => row.name = names(&items),
            }
            if kinds.is_empty() && super::Words::of(&words).unspecific {
                row.kinds = "调整".into();
            }
            notice.rows.push(row);
        }
        notice.put_aside(&mut paragraph);
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

/// The kinds that a sentence names. What its reason says (根据…，因…废止，) is none of them.
fn kinds_of(words: &str) -> Vec<AdjustmentKind> {
    let gives_reason =
        ["根据", "依据", "按照", "因", "由于", "鉴于", "为"].iter().any(|word| words.starts_with(word));
    let said = match words.split_once(['，', ',']) {
        Some((_, said)) if gives_reason => said,
        _ => words,
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
