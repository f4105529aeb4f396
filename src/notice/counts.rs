//! What a notice declares: how many items, of which kinds; and whether that adds up.

use super::held::{Finding, labels};
use super::{Notice, NoticeRow, Statement, Words, at_row};
use crate::codes::AdjustmentKind;
use crate::problem::{Message, Problem, shortened};
use crate::serial::number;
use crate::text::normal;
use std::collections::{HashMap, HashSet};

/// A number of items that a text declares, and the numbers that it is made of.
///
/// 共61项：取消10项、调整51项（含承接3项） is a count of 61 with two parts, the second of which has a part of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Count {
    /// The words around the number.
    pub words: String,
    /// The kinds that these name; none for a total, or for what is only said to be adjusted.
    pub kinds: Vec<AdjustmentKind>,
    /// Whether the words say that something was adjusted (调整), beside the kinds that they name or without naming one.
    pub unspecific: bool,
    /// Whether it counts what stays (保留), which is no adjustment.
    pub kept: bool,
    /// How many.
    pub count: u32,
    /// Into how many they were made: 7项合并为3项.
    pub into: Option<u32>,
    /// The counts that are part of it.
    pub parts: Vec<Count>,
    /// Whether these are all of it.
    pub extent: Extent,
}

/// Whether the parts of a count are all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Extent {
    /// They are: 共61项：取消10项、….
    #[default]
    All,
    /// They should be, but some may be left out: 其中取消10项、….
    Named,
    /// They are some of it: 含承接1项.
    Some,
}

/// Reads the counts of a text. Linear.
///
/// A number counts where 项, 件 or 个…项 stands behind it. Behind a total, after a colon, 其中 or 61项中, up to the full stop,
/// stand its parts; so they do in brackets behind a number. What is counted as sub items (18个子项), how many the list has
/// after all (调整后共314项), and what stands in a sentence about something else (另有…, 同时…) is no count of adjustments.
pub(super) fn read(text: &str) -> Vec<Count> {
    let text: Vec<char> = normal(text).chars().collect();
    let mut found = Vec::new();
    // 《…》 are titles of other texts, unless one stands around all of it.
    let quoted = text.first() == Some(&'《') && text.iter().filter(|&&c| c == '《').count() == 1;
    let titles = if quoted { 0 } else { text.iter().rposition(|&c| c == '》').unwrap_or(0) };
    Reader { text: &text, at: 0, titles, depth: 0 }.level(&mut found, End::Text);
    found
}

struct Reader<'a> {
    text: &'a [char],
    at: usize,
    /// Up to where 《…》 are skipped: the last 》.
    titles: usize,
    /// How deep in brackets and parts.
    depth: usize,
}

impl Reader<'_> {
    /// Whether these words stand here.
    fn here(&self, words: &str) -> bool {
        let mut at = self.at;
        words.chars().all(|c| {
            at += 1;
            self.text.get(at - 1) == Some(&c)
        })
    }

    /// The number that stands here with its unit, and how long it is.
    fn number(&self) -> Option<(u32, usize, &'static str)> {
        let rest = &self.text[self.at..];
        let digits = rest.iter().take(10).take_while(|c| c.is_ascii_digit()).count();
        let length = if digits > 0 {
            digits
        } else {
            rest.iter().take(9).take_while(|c| "零一二三四五六七八九十百千".contains(**c)).count()
        };
        if length == 0 || length > 9 || digits > 0 && self.at > 0 && self.text[self.at - 1].is_ascii_digit() {
            return None;
        }
        let behind = |words: &str| words.chars().enumerate().all(|(i, c)| rest.get(length + i) == Some(&c));
        let unit = ["项", "件", "大项", "个项目", "个事项", "个大项", "个主项", "个子项"]
            .into_iter()
            .find(|unit| behind(unit))?;
        let text: String = rest[..length].iter().collect();
        // 一件事, 三项制度改革 and their kin are no counts.
        if behind("件事") || digits == 0 && behind("项制度") {
            return None;
        }
        Some((number(&text)?, length + unit.chars().count(), unit))
    }

    /// Reads up to the end, to the bracket that closes or to the full stop.
    fn level(&mut self, found: &mut Vec<Count>, end: End) {
        let mut before = String::new();
        // Whether the last count still takes words, and a bracket behind it is its own.
        let mut open = false;
        let mut sentence = found.len();
        let mut begins = end == End::Text;
        while let Some(&c) = self.text.get(self.at) {
            if std::mem::take(&mut begins) && APART.iter().any(|word| self.here(word)) {
                self.at = self
                    .text
                    .iter()
                    .skip(self.at)
                    .position(|&c| c == '。')
                    .map_or(self.text.len(), |n| self.at + n);
                continue;
            }
            if c == '《' && self.at < self.titles {
                let length = self.text[self.at..].iter().position(|&c| c == '》');
                self.at += length.unwrap_or(0) + 1;
                continue;
            }
            if let Some((count, length, unit)) = self.number() {
                self.at += length;
                // 7项许可合并为3项; 由54项增加到55项
                let goes_on = ['为', '成', '到', '至'];
                if let Some(last) = found.last_mut().filter(|last| open && last.words.ends_with(goes_on)) {
                    last.into = Some(count);
                    continue;
                }
                let words = std::mem::take(&mut before) + unit.trim_start_matches(['个', '项', '件']);
                found.push(Count { words, count, ..Count::default() });
                open = true;
                continue;
            }
            let parts = match () {
                () if self.depth == DEEPEST => None,
                () if self.here("其中") => Some((Extent::Named, 2)),
                () if c == ':' && open => Some((Extent::All, 1)),
                () if open && (self.here("中,") || self.here("中:")) => Some((Extent::Named, 2)),
                () => None,
            };
            match c {
                '(' if self.depth < DEEPEST => {
                    self.at += 1;
                    let some = self.here("含") || self.here("包括");
                    let mut inner = Vec::new();
                    let named = self.here("其中");
                    self.deeper(&mut inner, End::Bracket);
                    match (found.last_mut(), inner.first_mut()) {
                        (_, None) => {}
                        // 合并2项（并为1项）
                        (Some(last), Some(first)) if open && first.words.ends_with(['为', '成']) => {
                            last.into = Some(first.count);
                        }
                        (Some(last), _) if open => {
                            last.parts = inner;
                            last.extent = match (some, named) {
                                (true, _) => Extent::Some,
                                (false, true) => Extent::Named,
                                (false, false) => Extent::All,
                            };
                        }
                        // 取消目录（共25项）
                        (_, Some(first)) => {
                            first.words.insert_str(0, &std::mem::take(&mut before));
                            found.append(&mut inner);
                        }
                    }
                    continue;
                }
                ')' if end != End::Text => {
                    self.at += usize::from(end == End::Bracket);
                    break;
                }
                '。' if end == End::Sentence => break,
                '。' => {
                    Self::close(found, sentence);
                    sentence = found.len();
                    (open, before, begins) = (false, String::new(), true);
                }
                // 另有…: no part of what is told.
                ',' | ';' if end == End::Sentence && self.stands_apart() => break,
                _ if let Some((extent, length)) = parts => {
                    self.at += length;
                    let mut inner = Vec::new();
                    self.deeper(&mut inner, End::Sentence);
                    match found.last_mut() {
                        Some(last) if !inner.is_empty() && last.parts.is_empty() => {
                            last.parts = inner;
                            last.extent = extent;
                        }
                        _ => found.append(&mut inner),
                    }
                    (open, before) = (false, String::new());
                    continue;
                }
                // 取消、下放39项; 取消：10项
                '、' | ':' if !open => before.push(c),
                '和' | '及' if open => open = false,
                ',' | '、' | ';' | ':' => {
                    // 调整后，全市共有314项.
                    let after_all = before.contains("调整后");
                    (open, before) = (false, if after_all { "调整后".to_owned() } else { String::new() });
                }
                c if open => {
                    // Words behind a number are its own: 取消10项行政许可.
                    if let Some(last) = found.last_mut() {
                        last.words.push(c);
                    }
                }
                c => before.push(c),
            }
            self.at += 1;
        }
        Self::close(found, sentence);
        for count in found.iter_mut() {
            count.read_words();
        }
        found.retain(|count| !count.is_of_something_else());
    }

    /// Reads a part of the text.
    fn deeper(&mut self, found: &mut Vec<Count>, end: End) {
        self.depth += 1;
        self.level(found, end);
        self.depth -= 1;
    }

    /// Whether what stands behind this comma is about something else.
    fn stands_apart(&self) -> bool {
        let behind = Self { at: self.at + 1, ..*self };
        APART.iter().any(|word| behind.here(word))
    }

    /// Ends a sentence: counts that stand behind a total without a word between are its parts.
    fn close(found: &mut Vec<Count>, sentence: usize) {
        let Some(first) = found.get(sentence) else { return };
        let total = ["共", "合计", "总计"].iter().any(|word| first.words.contains(word));
        let words = Words::of(&first.words);
        let several = words.kinds.len() != 1 || words.unspecific;
        if !total || !several || !first.parts.is_empty() {
            return;
        }
        let rest = found.split_off(sentence + 1);
        if let (Some(first), false) = (found.last_mut(), rest.is_empty()) {
            first.parts = rest;
            first.extent = Extent::Named;
        }
    }
}

/// Deeper brackets and parts are none.
const DEEPEST: usize = 8;

/// Words at the head of what is told of something else: what others do, what is proposed, what is published besides.
const APART: [&str; 4] = ["另", "此外", "同时", "并公布"];

/// Where a part of a text ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Text,
    Bracket,
    Sentence,
}

impl Count {
    fn read_words(&mut self) {
        let Words { kinds, unspecific, kept } = Words::of(&self.words);
        (self.kinds, self.unspecific, self.kept) = (kinds, unspecific, kept && !self.words.contains("不再"));
        for part in &mut self.parts {
            part.read_words();
        }
        self.parts.retain(|part| !part.is_of_something_else());
    }
    /// Whether it counts no items of the notice: sub items, or what the list has in the end.
    fn is_of_something_else(&self) -> bool {
        let has = |word: &str| self.words.contains(word);
        has("子项") && !has("主项") && !self.kinds.contains(&AdjustmentKind::SubitemsChanged)
            || ["调整后", "现有", "原有", "目前", "另有", "另行", "增加到", "增加至", "增至", "减少到", "减少至", "减至"]
                .iter()
                .any(|word| has(word))
            // 共有314项 is what the list has, 共有6项调整 is not.
            || has("共有") && self.kinds.is_empty() && !self.unspecific
    }
    /// What it is made of: itself where it has no parts, and where its parts are only some of it.
    fn leaves<'a>(&'a self, out: &mut Vec<&'a Self>) {
        if self.parts.is_empty() || self.extent == Extent::Some {
            out.push(self);
        }
        for part in &self.parts {
            part.leaves(out);
        }
    }
    /// Whether it is a count of all that the notice tells, among so many counts of its text.
    fn is_total(&self, among: usize) -> bool {
        let said = ["共", "合计", "总计"].iter().any(|word| self.words.contains(word));
        let several = self.kinds.len() > 1 || self.kinds.len() == 1 && self.unspecific;
        !self.kept && (several || self.kinds.is_empty() && (said || among == 1))
    }
    fn label(&self) -> String {
        shortened(self.words.trim(), 30)
    }
    /// The parts that do not add up to their whole, here and below.
    fn sums(&self, said: &mut Vec<Problem>) {
        for part in &self.parts {
            part.sums(said);
        }
        let parts: Vec<&Self> = self.parts.iter().filter(|part| !part.kept || self.kept).collect();
        let sum: u64 = parts.iter().map(|part| u64::from(part.count)).sum();
        // What was made into others may count as these.
        let into: u64 = parts.iter().map(|part| u64::from(part.into.unwrap_or(part.count))).sum();
        let whole = u64::from(self.count);
        if into == whole {
            return;
        }
        let short =
            sum < whole && (self.extent == Extent::All || self.extent == Extent::Named && parts.len() > 1);
        if parts.is_empty() || !(sum > whole || short) {
            return;
        }
        let terms = parts.iter().map(|part| part.count.to_string()).collect::<Vec<_>>().join("＋");
        let label = self.label();
        let message = Message::new(
            format!("“{label}”{whole}项，所列各项为{terms}＝{sum}项，不相等；请核对"),
            format!("`{label}` is {whole}, but its parts are {terms} = {sum}; correct one of them"),
        );
        let problem = if sum > whole || self.extent == Extent::All {
            Problem::warning("notice/sum", message)
        } else {
            // 其中 may leave some out.
            Problem::note("notice/sum", message)
        };
        said.push(problem.expecting(whole.to_string()).finding(sum.to_string()));
    }
}

/// How many items there are of which kinds: each with the least and the most that it may count as, and its kinds, the
/// first of which it is counted by.
pub(super) type Tally<'a> = [([usize; 2], &'a [AdjustmentKind])];

/// What a declared count stands against.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Against {
    /// The rows of the notice itself.
    Rows,
    /// The adjustments that lists show.
    Lists,
}

/// The declared counts of one text that the tally does not bear out: the total, and each kind.
///
/// An item counts by its first kind, or by any: counts that overlap (调整4项，含承接1项) are right either way.
pub(super) fn against(counts: &[Count], tally: &Tally<'_>, what: Against, said: &mut Vec<Problem>) {
    let within = |keep: &dyn Fn(&[AdjustmentKind]) -> bool, loosely: &dyn Fn(&[AdjustmentKind]) -> bool| {
        let least: usize = tally.iter().filter(|(_, kinds)| keep(kinds)).map(|(n, _)| n[0]).sum();
        let most: usize = tally.iter().filter(|(_, kinds)| loosely(kinds)).map(|(n, _)| n[1]).sum();
        [least, most]
    };
    let among = counts.iter().filter(|count| !count.kept).count();
    for total in counts.iter().filter(|count| count.is_total(among)) {
        let all = |kinds: &[AdjustmentKind]| {
            total.kinds.is_empty() || kinds.is_empty() || kinds.iter().any(|kind| total.kinds.contains(kind))
        };
        let every = |_: &[AdjustmentKind]| true;
        let range = if total.parts.is_empty() { within(&all, &every) } else { within(&every, &every) };
        declared(&Message::new(total.label(), total.label()), total.count, range, what, said);
    }
    let mut leaves = Vec::new();
    for count in counts {
        count.leaves(&mut leaves);
    }
    let specific = |leaf: &&Count| leaf.kinds.len() == 1 && !leaf.unspecific && !leaf.kept;
    let named: Vec<&AdjustmentKind> = leaves.iter().flat_map(|leaf| &leaf.kinds).collect();
    let mut done: Vec<&[AdjustmentKind]> = Vec::new();
    for leaf in leaves.iter().filter(|leaf| specific(leaf)) {
        if done.contains(&&leaf.kinds[..]) {
            continue;
        }
        done.push(&leaf.kinds);
        let same = || leaves.iter().filter(|other| specific(other) && other.kinds == leaf.kinds);
        let sum = |count: fn(&Count) -> u32| same().map(|leaf| count(leaf)).fold(0, u32::saturating_add);
        let (count, into) = (sum(|leaf| leaf.count), sum(|leaf| leaf.into.unwrap_or(leaf.count)));
        let first = |kinds: &[AdjustmentKind]| kinds.first().is_some_and(|kind| leaf.kinds.contains(kind));
        let any = |kinds: &[AdjustmentKind]| kinds.iter().any(|kind| leaf.kinds.contains(kind));
        // 取消或下放13项 may be any of them.
        let shared =
            leaves.iter().filter(|other| other.kinds.len() > 1 && other.kinds.contains(&leaf.kinds[0]));
        let more = shared.map(|leaf| leaf.count).fold(0, u32::saturating_add);
        let [least, most] = within(&first, &any);
        let fits = count.min(into) as usize <= most && count.max(into).saturating_add(more) as usize >= least;
        if !fits {
            declared(&labels(&leaf.kinds), count, [least, most], what, said);
        }
    }
    // 调整 is whatever has no word of its own, and may be what has one too.
    let unspecific =
        leaves.iter().filter(|leaf| leaf.unspecific && leaf.kinds.is_empty() && !leaf.is_total(among));
    let count = unspecific.clone().map(|leaf| leaf.count).fold(0, u32::saturating_add);
    if unspecific.clone().next().is_some() && !named.is_empty() {
        let other = |kinds: &[AdjustmentKind]| kinds.iter().all(|kind| !named.contains(&kind));
        let whole = |kind: &AdjustmentKind| matches!(kind, AdjustmentKind::Added | AdjustmentKind::Removed);
        let may = |kinds: &[AdjustmentKind]| {
            kinds.is_empty() || !kinds.iter().all(|k| whole(k) && named.contains(&k))
        };
        declared(&Message::new("调整", "adjusted"), count, within(&other, &may), what, said);
    }
}

fn declared(words: &Message, count: u32, [least, most]: [usize; 2], what: Against, said: &mut Vec<Problem>) {
    if (least..=most).contains(&(count as usize)) {
        return;
    }
    let range = if least >= most { least.to_string() } else { format!("{least}—{most}") };
    let Message { zh: words_zh, en: words_en } = words;
    let (rule, zh, en) = match what {
        Against::Rows => ("notice/count-of-rows", "表中为", "its rows are"),
        Against::Lists => ("notice/count-of-lists", "两版清单比较为", "the lists show"),
    };
    let message = Message::new(
        format!("公告称“{words_zh}”{count}项，{zh}{range}项；请核对"),
        format!("the notice declares {count} for `{words_en}`, but {en} {range}; correct one of them"),
    );
    said.push(Problem::warning(rule, message).expecting(count.to_string()).finding(range));
}

impl Notice {
    /// What the notice declares above its table and in its notes, text by text. What its sections declare stands in
    /// their titles.
    ///
    /// ```
    /// let text = "本次共调整5项，其中取消1项、调整4项（含承接1项）。将“甲”取消。";
    /// let notice = qingdan::notice::Notice::read_prose(text).value;
    /// let counts = notice.counts();
    /// assert_eq!((counts[0].count, counts[0].parts.len()), (5, 2));
    /// assert_eq!(counts[0].parts[1].parts[0].count, 1);
    /// ```
    #[must_use]
    pub fn counts(&self) -> Vec<Count> {
        self.texts_of_counts().flatten().collect()
    }

    /// The same, each text's alone: two texts may declare the same.
    pub(super) fn texts_of_counts(&self) -> impl Iterator<Item = Vec<Count>> {
        self.head.iter().chain(&self.notes).map(|text| read(text)).filter(|counts| !counts.is_empty())
    }

    /// Holds the notice against itself: sums that do not add up, counts that its rows do not bear out, of the whole, of
    /// each kind and of each section.
    ///
    /// A row counts as one item, or as many as it names; what is counted by its first kind may be counted by any. Linear
    /// in the rows, once for each text that declares counts.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let statements = self.statements();
        let mut said = Vec::new();
        let told = statements.iter().filter(|statement| !statement.kept);
        let tally: Vec<([usize; 2], &[AdjustmentKind])> =
            told.map(|statement| (statement.extent(), &statement.kinds[..])).collect();
        for counts in self.texts_of_counts() {
            for count in &counts {
                count.sums(&mut said);
            }
            if !self.rows.is_empty() {
                against(&counts, &tally, Against::Rows, &mut said);
            }
        }
        self.sections_against_rows(&statements, &mut said);
        // Title and paragraph may declare the same.
        let mut seen = HashSet::new();
        said.retain(|problem| seen.insert(problem.message.clone()));
        said.into_iter().map(Finding::of_counts).collect()
    }

    /// The sections whose rows are not as many as their titles say. One that comes again goes on, and declares anew.
    fn sections_against_rows(&self, statements: &[Statement], said: &mut Vec<Problem>) {
        let mut inside: HashMap<&str, ([usize; 2], &NoticeRow)> = HashMap::new();
        for statement in statements {
            let Some(row) = statement.rows.first().and_then(|&at| self.rows.get(at)) else { continue };
            let (sum, _) = inside.entry(&row.part).or_insert(([0, 0], row));
            let [least, most] = statement.extent();
            *sum = [sum[0] + least, sum[1] + most];
        }
        let mut times: HashMap<&str, u32> = HashMap::new();
        for section in &self.sections {
            *times.entry(section).or_default() += 1;
        }
        for section in &self.sections {
            let counts = read(section);
            for count in &counts {
                count.sums(said);
            }
            let ([count], Some(times)) = (&counts[..], times.get(&**section)) else { continue };
            let (range, row) = inside.get(&**section).map_or(([0, 0], None), |(sum, row)| (*sum, Some(*row)));
            let words = Message::new(shortened(section, 30), shortened(section, 30));
            let known = said.len();
            declared(&words, count.count.saturating_mul(*times), range, Against::Rows, said);
            if let (Some(row), Some(problem)) = (row, said.get_mut(known)) {
                *problem = at_row(problem.clone(), row);
            }
        }
    }
}
