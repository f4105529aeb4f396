//! Legal bases as lists write them: which texts are cited, where in them, and what is only referred to.
//!
//! A cell holds heads: a title at the beginning of a line or behind a label, with its history and its articles.
//! What is quoted behind an article runs to the next head; articles and titles named in it are references,
//! never bases. The title of an amending act in a history is no basis either. Where the reading is not sure it
//! says so: a wrong article is worse than none.
//!
//! The forms are those of a census over some 4,000 heads of real lists (general knowledge where no document
//! states them).

mod history;
mod locator;
mod number;
mod rank;
mod title;

pub use history::{Day, Deed, Event, events};
pub use locator::{Locator, locators};
pub use number::{DocumentNumber, NotANumber};
pub use rank::rank;
pub use title::title_form;

use crate::codes::Rank;
use crate::problem::Message;
use crate::sorting::Sorting as _;
use locator::Numbering;
use std::collections::HashSet;
use std::ops::Range;

#[cfg(test)]
mod tests;

/// A legal text that a cell cites as a basis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cited {
    /// The rank that a label states (【法律】), without its brackets. It is never proof: one head in twenty contradicts
    /// its title.
    pub stated_rank: Option<String>,
    /// The title in its one form, without outer brackets: see [`title_form`]. Empty where only a number is cited.
    pub title: String,
    /// What stands behind the title in brackets, as written: dates, decrees, amendments.
    pub history: Option<String>,
    /// The text's own number: 国务院令第426号, 国发〔2019〕6号. Numbers of amending acts are not it.
    pub number: Option<String>,
    /// The places cited, each once, in the order of the cell.
    pub locators: Vec<Locator>,
    /// What had to be guessed; none where the reading is sure.
    pub doubts: Vec<Doubt>,
    /// Where it stands in the cell, in bytes: from its label, number or title up to the next text's.
    pub span: Range<usize>,
}

/// What had to be guessed when a basis was read. A person should look at it: a wrong article is worse than none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Doubt {
    /// A label stands there, and no title behind it can be read.
    NoTitle,
    /// The title's 《 is never closed: it was taken to end at its history.
    TitleLeftOpen,
    /// The title has one bracket too many or too few: 《甲办法》实施细则》.
    BracketsOfTitle,
    /// The title stands without 《》, or only its inner one does.
    TitleWithoutBrackets,
    /// A line between title and articles is perhaps a title itself: the articles may be another text's.
    PerhapsAnotherText,
    /// A 款 or 部分 stands beside a chapter without an article.
    PlaceWithoutArticle,
}

impl Doubt {
    /// What is in doubt, in both languages.
    #[must_use]
    pub fn message(self) -> Message {
        let (zh, en) = match self {
            Self::NoTitle => ("标签之后读不出标题", "no title can be read behind the label"),
            Self::TitleLeftOpen => ("标题缺右书名号", "the title's bracket is never closed"),
            Self::BracketsOfTitle => {
                ("标题的书名号多或少一个", "the title has a bracket too many or too few")
            }
            Self::TitleWithoutBrackets => {
                ("标题没有书名号，或只有内层有", "the title, or its outer part, has no brackets")
            }
            Self::PerhapsAnotherText => (
                "标题与条款之间的一行可能是另一文件",
                "a line between title and articles may name another text",
            ),
            Self::PlaceWithoutArticle => {
                ("只有章、部分、款，没有条", "chapter, part and paragraph stand without an article")
            }
        };
        Message::new(zh, en)
    }
}

impl Cited {
    /// Whether something about it had to be guessed.
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        !self.doubts.is_empty()
    }
    /// What became of the text, event by event: see [`events`].
    #[must_use]
    pub fn events(&self) -> Vec<Event<'_>> {
        self.history.as_deref().map(events).unwrap_or_default()
    }
    /// Its rank, from title, number and the organs in its history; `None` where they do not say.
    #[must_use]
    pub fn rank(&self) -> Option<Rank> {
        rank(&self.title, self.number.as_deref(), self.history.as_deref())
    }
    /// Whether it is a local regulation or a rule of a local government, by title and organ, never by its label.
    ///
    /// ```
    /// use qingdan::citation::bases;
    /// let read = bases("《新疆维吾尔自治区野生植物保护条例》第十八条；《中华人民共和国草原法》第四十一条");
    /// assert!(read.cited[0].is_local());
    /// assert!(!read.cited[1].is_local());
    /// ```
    #[must_use]
    pub fn is_local(&self) -> bool {
        match self.rank() {
            Some(rank) => matches!(rank, Rank::LocalRegulation | Rank::LocalGovernmentRule),
            None => rank::is_own_of_a_place(&self.title),
        }
    }
    /// Whether the label that the cell states contradicts the rank that title and organ say.
    #[must_use]
    pub fn label_differs(&self) -> bool {
        match (&self.stated_rank, self.rank()) {
            (Some(label), Some(known)) => !rank::label_allows(label, &known),
            _ => false,
        }
    }
    /// Its one form for comparing: title and places in order, without history, label and spelling
    /// (`中华人民共和国种子法 31 32.1`).
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut places: Vec<&Locator> = self.locators.iter().collect();
        places.order();
        let mut out = crate::text::normal(&self.title).into_owned();
        for place in places {
            out.push(' ');
            out.push_str(&place.to_string());
        }
        out
    }
    /// Whether it is the same basis as another: equal title and places. The history never counts; 中华人民共和国
    /// may be left out on one side.
    #[must_use]
    pub fn is_same_basis(&self, other: &Self) -> bool {
        let places = |cited: &Self| {
            let mut places = cited.locators.clone();
            places.order();
            places
        };
        same_title(&self.title, &other.title) && places(self) == places(other)
    }
}

/// Whether two titles name one text: equal in normal form, 中华人民共和国 left out on one side or not.
///
/// ```
/// use qingdan::citation::same_title;
/// assert!(same_title("律师法", "中华人民共和国律师法"));
/// assert!(!same_title("律师法", "律师法实施条例"));
/// ```
#[must_use]
pub fn same_title(one: &str, other: &str) -> bool {
    short_title(one) == short_title(other)
}

/// A title in normal form without 中华人民共和国: for matching only.
#[must_use]
pub fn short_title(title: &str) -> String {
    let form = crate::text::normal(title).into_owned();
    match form.strip_prefix("中华人民共和国") {
        Some(short) if short.chars().count() > 1 => short.to_owned(),
        _ => form,
    }
}

/// What a cell of legal bases holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bases {
    /// The bases, in order.
    pub cited: Vec<Cited>,
    /// Places that the quoted text refers to: 本法第七条, 依照《甲法》第二条.
    pub references: Vec<Reference>,
}

/// A place that quoted text refers to. It is no basis; it counts where a law is renumbered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Reference {
    /// Title of the text; empty: the text that is quoted (本法, 本条例).
    pub title: String,
    /// The place in it.
    pub place: Locator,
}

/// Reads a cell of legal bases. Linear in the text, quoted text included.
///
/// ```
/// use qingdan::citation::bases;
/// let cell = "【法律】《中华人民共和国种子法》（2000年7月8日主席令第三十四号，2015年11月4日予以修改）\n第三十一条：违反本法第二条的…";
/// let bases = bases(cell);
/// assert_eq!(bases.cited[0].title, "中华人民共和国种子法");
/// assert_eq!(bases.cited[0].number.as_deref(), Some("主席令第三十四号"));
/// assert_eq!(bases.cited[0].locators[0].to_string(), "31");
/// assert_eq!(bases.references[0].place.to_string(), "2");
/// ```
#[must_use]
pub fn bases(text: &str) -> Bases {
    let mut reading = Reading { length: text.len(), ..Reading::default() };
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(blank);
        if rest.is_empty() {
            break;
        }
        if reading.waiting.is_none() {
            reading.starts_at(rest);
        }
        if let Some(behind) = reading.label(rest) {
            rest = behind;
            continue;
        }
        if let Some(behind) = reading.head(rest) {
            rest = behind;
            // Another text may follow at once: 第三条、《乙条例》第五条.
            while let Some(behind) = reading.following(rest) {
                rest = behind;
            }
        }
        // What follows on the line is quoted, up to a head within it.
        let line_end = rest.find('\n').unwrap_or(rest.len());
        let line_end = head_within(&rest[..line_end]).unwrap_or(line_end);
        reading.refer(&rest[..line_end]);
        rest = &rest[line_end..];
    }
    reading.out.cited.retain(|cited| !is_paper(cited));
    let mut end = text.len();
    for cited in reading.out.cited.iter_mut().rev() {
        cited.span.end = end;
        end = cited.span.start;
    }
    reading.out
}

/// The title that a text begins with, brackets included; `None` where it begins with none, or leaves it open, or has
/// one bracket too many.
pub(crate) fn leading_title(text: &str) -> Option<&str> {
    let line = line_of(text);
    let end = title::balanced(line)?;
    (!goes_on(&line[end..])).then_some(&text[..end])
}

/// The title that the text begins with, without its brackets, if it is of ideographs alone, as nearly all are: it is
/// its one form and its normal form then. `None` says nothing.
pub(crate) fn plain_leading_title(text: &str) -> Option<&str> {
    let line = line_of(text);
    let inside = line.strip_prefix('《')?;
    let (title, more) = inside.split_at(crate::text::ideographs(inside));
    let more = more.strip_prefix('》').filter(|_| !title.is_empty())?;
    (!goes_on(more)).then_some(title)
}

/// Whether a title goes on behind its bracket: 《甲办法》实施细则》（…; the whole reading mends it.
fn goes_on(more: &str) -> bool {
    let next = more.find(['》', '《', '（', '(', '第', '，', '。', '：']);
    next.is_some_and(|at| at > 0 && more[at..].starts_with('》'))
}

/// How far a title or a history may go, in bytes: several times the longest that was seen. What is read of a cell
/// is linear in it therefore, whatever it holds.
const REACH: usize = 4096;

/// The line that a text begins with, as far as a title or a history may go.
fn line_of(text: &str) -> &str {
    let near = clipped(text, REACH);
    near.split('\n').next().unwrap_or_default()
}

/// The beginning of a text: at most so many bytes.
fn clipped(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

/// The end of a text: at most so many bytes.
fn clipped_start(text: &str, bytes: usize) -> &str {
    let from = (text.len().saturating_sub(bytes)..text.len()).find(|&at| text.is_char_boundary(at));
    &text[from.unwrap_or(text.len())..]
}

/// Where a head begins within a line of quoted text: a label, or an article with a colon, behind the end of a sentence
/// and blanks. (A line's end was lost there.)
fn head_within(line: &str) -> Option<usize> {
    let heads = line.char_indices().filter(|(at, c)| *at > 0 && (*c == '【' || *c == '第'));
    for (at, c) in heads {
        let before = &line[..at];
        let ended = before.trim_end_matches(blank);
        let blanks = before[ended.len()..].chars().count();
        let sentence = ended.ends_with(['。', '；', ';', '”', '…', '.', '）']);
        let begins = if c == '【' {
            label(&line[at..]).is_some() && (sentence || blanks > 1)
        } else {
            let places = if sentence && blanks > 0 { locators(&line[at..]) } else { None };
            places.is_some_and(|(places, rest)| places[0].article.is_some() && rest.starts_with(['：', ':']))
        };
        if begins {
            return Some(at);
        }
    }
    None
}

fn blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// A certificate, a form, a contract is no legal text, whatever brackets it stands in.
fn is_paper(cited: &Cited) -> bool {
    let words = ["证", "证书", "表", "申请书", "报告书", "合同", "章程"];
    cited.locators.is_empty()
        && cited.history.is_none()
        && cited.stated_rank.is_none()
        && words.iter().any(|word| cited.title.ends_with(word))
}

#[derive(Default)]
struct Reading {
    out: Bases,
    /// The length of the cell: what is left of it says where one is.
    length: usize,
    /// Where the text begins that is read next.
    start: usize,
    /// The last place, which 第二款 at the beginning of a line goes on from.
    place: Locator,
    /// The places of the last text.
    seen: HashSet<Locator>,
    /// A label that waits for its title.
    waiting: Option<String>,
    /// Whether a text was named since the last head that is perhaps a head itself.
    doubted: bool,
    /// Whether the last entry is quoted as …… alone: the next line says which item is meant.
    cut_short: bool,
}

impl Reading {
    fn starts_at(&mut self, rest: &str) {
        self.start = self.length - rest.len();
    }
    fn label<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (label, rest) = label(text)?;
        self.waiting = Some(label.to_owned());
        Some(rest)
    }
    /// Reads what begins here if it is a head: a title, a place. Gives the text behind it.
    fn head<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let unnumbered = without_list_number(text);
        if let Some(rest) = self.title(unnumbered) {
            return Some(rest);
        }
        // The articles below may be this text's: who reads them is told.
        self.doubted |= unnumbered.starts_with('《');
        if let Some(label) = self.waiting.take() {
            // A text is named here, and it cannot be read: its articles are not those of the text before.
            self.begin(Cited { stated_rank: Some(label), doubts: vec![Doubt::NoTitle], ..Cited::default() });
        }
        if self.out.cited.is_empty() {
            return None;
        }
        if std::mem::take(&mut self.cut_short)
            && let Some((item, rest)) = locator::item_line(text)
            && let Some(cited) = self.out.cited.last_mut()
        {
            // 第三十四条……⏎（四）在…: this item is meant, not the whole article.
            cited.locators.retain(|place| *place != self.place);
            cited.locators.push(Locator { item: Some(item), ..self.place.clone() });
            return Some(rest);
        }
        self.entry(text)
    }
    fn begin(&mut self, cited: Cited) {
        self.out.cited.push(Cited { span: self.start..self.start, ..cited });
        self.place = Locator::default();
        self.seen.clear();
        self.doubted = false;
    }
    /// A title with its history, and the places directly behind it.
    fn title<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let line = line_of(text);
        let labelled = self.waiting.is_some();
        let first = self.out.cited.is_empty();
        let (title, behind, doubt) = if text.starts_with('《') {
            let balanced = title::balanced(line);
            let end = balanced.or_else(|| title::unclosed(line))?;
            let (mut end, mut doubt) = (end, balanced.is_none().then_some(Doubt::TitleLeftOpen));
            // 《甲办法》实施细则》（…: the title goes on to the bracket that is left over.
            let more = &line[end.min(line.len())..];
            let next = more.find(['》', '《', '（', '(', '第', '，', '。', '：']);
            if let Some(at) = next.filter(|&at| at > 0 && more[at..].starts_with('》')) {
                end += at + '》'.len_utf8();
                doubt = Some(Doubt::BracketsOfTitle);
            }
            let title = if doubt.is_some() && balanced.is_some() {
                text[..end].replacen('》', "", 1)
            } else {
                text[..end].to_owned()
            };
            (title, &text[end..], doubt)
        } else {
            let (title, end) = unmarked(line)?;
            // In the midst of a cell only 实施《甲法》办法 with a place or a history behind it is a title.
            let behind = &text[end..];
            let told = locator::locators(behind.trim_start_matches(blank)).is_some()
                || history::history(behind).is_some();
            if !(labelled
                || first
                || told && title.split('《').next().is_some_and(|words| words.ends_with("实施")))
            {
                return None;
            }
            (title, behind, Some(Doubt::TitleWithoutBrackets))
        };
        let form = title_form(&title).into_owned();
        if form.is_empty() {
            return None;
        }
        let mut rest = behind;
        // Written twice in a row, it counts once.
        while let Some(again) = rest.strip_prefix(&title[..]) {
            rest = again;
        }
        let (mut history, mut number) = (None::<String>, None);
        while let Some((told, behind)) = history::history(rest) {
            let told = told.trim();
            number = number.or_else(|| history::number(told).map(str::to_owned));
            history = Some(history.map_or_else(|| told.to_owned(), |before| before + told));
            rest = behind;
            if behind.trim_start_matches([' ', '\u{3000}']).starts_with(['（', '(']) {
                continue;
            }
            break;
        }
        let start =
            rest.trim_start_matches([' ', '\u{3000}', '\t', '，', ',', '。', '的', '：', ':', '；', ';']);
        let cites = start.starts_with("全文")
            || locator::locators(start).is_some()
            || locator::annex(start).is_some();
        let ends = rest
            .trim_start_matches([' ', '\u{3000}', '\t', '。', '；', ';', '、', '，'])
            .starts_with(['\n', '\r', '《'])
            || rest.trim().is_empty();
        // In quoted text a line may begin with a title: only history or a place makes it a head.
        if !(labelled || first || history.is_some() || cites || ends) {
            return None;
        }
        let stated_rank = self.waiting.take();
        let doubts = Vec::from_iter(doubt);
        self.begin(Cited { stated_rank, title: form, history, number, doubts, ..Cited::default() });
        let rest = if cites { start } else { rest };
        Some(self.entry(rest).unwrap_or(rest))
    }
    /// The places that a text cites at the beginning of a line or behind its title.
    fn entry<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let cited = self.out.cited.last_mut()?;
        let numbering = if has_articles(&cited.title) { Numbering::Articles } else { Numbering::Document };
        let standard = cited.title.ends_with("规范")
            || cited.title.ends_with("标准")
            || cited.history.as_deref().is_some_and(|told| told.contains("GB") || told.contains("JGJ"));
        let start = text.trim_start_matches([' ', '\u{3000}', '\t']);
        let found = if let Some(rest) = start.strip_prefix("全文") {
            Some((vec![Locator::default()], rest))
        } else {
            locator::annex(start)
                .or_else(|| locator::without_ordinal(start))
                .or_else(|| if standard { locator::section(start) } else { None })
                .or_else(|| {
                    let inherits =
                        if start.starts_with('第') { self.place.clone() } else { Locator::default() };
                    let fresh = locator::read(start, &Locator::default(), numbering);
                    fresh.or_else(|| locator::read(start, &inherits, numbering))
                })
        };
        let (places, rest) = found?;
        let vague = |place: &Locator| {
            let without = place.article.is_none() && place.annex.is_none();
            without && place.chapter.is_some() && (place.part.is_some() || place.paragraph.is_some())
        };
        let doubts = [
            (self.doubted, Doubt::PerhapsAnotherText),
            (places.iter().any(vague), Doubt::PlaceWithoutArticle),
        ];
        for (_, doubt) in doubts.into_iter().filter(|(so, _)| *so) {
            if !cited.doubts.contains(&doubt) {
                cited.doubts.push(doubt);
            }
        }
        // 第二十条（2016修改版，原1998版第二十二条）
        let mut rest = rest;
        if rest.starts_with(['（', '(']) {
            rest = &rest[history::bracketed(rest)..];
        }
        self.place = places.last().cloned().unwrap_or_default();
        // An annex that is named by its title: its entries follow.
        let opens = start.starts_with('附')
            && self.place.item.is_none()
            && rest.trim_start_matches([' ', '\u{3000}']).starts_with('\n');
        for place in places.into_iter().filter(|_| !opens) {
            if self.seen.insert(place.clone()) {
                cited.locators.push(place);
            }
        }
        let told = line_of(rest);
        self.cut_short =
            told.contains('…') && told.trim_matches(|c: char| blank(c) || "…：:.".contains(c)).is_empty();
        Some(rest)
    }
    /// Another text that follows at once.
    fn following<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let next = rest.trim_start_matches(['、', '；', ';', '，', ',', '。', ' ', '\u{3000}', '和', '及']);
        self.starts_at(next);
        if next.starts_with('《') { self.title(next) } else { None }
    }
    /// Gathers the places that quoted text refers to.
    fn refer(&mut self, quoted: &str) {
        for (at, _) in quoted.match_indices('第') {
            let before = clipped_start(&quoted[..at], 600);
            let titled = before.ends_with('》').then(|| before.rfind('《')).flatten();
            let own =
                ["本法", "本条例", "本办法", "本规定", "本细则"].iter().any(|word| before.ends_with(word));
            if !own && titled.is_none() {
                continue;
            }
            if let Some((places, _)) = locator::locators(&quoted[at..]) {
                let title = titled.map_or_else(String::new, |from| title_form(&before[from..]).into_owned());
                let referred = places.into_iter().map(|place| Reference { title: title.clone(), place });
                self.out.references.extend(referred);
            }
        }
    }
}

/// Whether the 项 of a text stand under articles: laws, regulations, rules.
fn has_articles(title: &str) -> bool {
    ["法", "条例", "办法", "规定", "细则", "规则", "规范", "标准", "章程"]
        .iter()
        .any(|word| title.ends_with(word))
}

const LABELS: [&str; 20] = [
    "法律",
    "法规",
    "行政法规",
    "地方性法规",
    "地方法规",
    "行法规",
    "规章",
    "部门规章",
    "政府规章",
    "地方政府规章",
    "国务院决定",
    "规范性文件",
    "党内法规",
    "部令",
    "标准",
    "司法解释",
    "国际条约",
    "自治条例",
    "单行条例",
    "其他",
];

/// A label that states a rank: 【法律】; the opening bracket may be missing. A word that no list knows is a label
/// in 【】 before a title.
fn label(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix(['【', '[', '［']).unwrap_or(text);
    let end = clipped(inside, 48).find(['】', ']', '］'])?;
    let label = inside[..end].trim();
    let close = inside[end..].chars().next().map_or(0, char::len_utf8);
    let rest = inside[end + close..].trim_start_matches([' ', '\u{3000}', '：', ':']);
    let stands = LABELS.contains(&label) || text.starts_with('【') && rest.starts_with('《');
    stands.then_some((label, rest))
}

/// The text behind a list's number: 1. 2、 （3） ①.
fn without_list_number(text: &str) -> &str {
    let circled = text.trim_start_matches(|c: char| ('①'..='⑳').contains(&c));
    if circled.len() < text.len() {
        return circled.trim_start();
    }
    let open = text.strip_prefix(['（', '(']).unwrap_or(text);
    let digits = open.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    if digits.len() == open.len() {
        return text;
    }
    let closed = digits.trim_start_matches(['.', '．', '、', '）', ')']);
    let rest = closed.trim_start_matches(blank);
    if closed.len() < digits.len() && (rest.starts_with('《') || rest.starts_with('【')) {
        rest
    } else {
        text
    }
}

/// A title whose brackets are wrong or missing, at the beginning of a line: 甲条例》（…）, （甲规定》（…）,
/// 自治区实施《甲法》办法(…), 省人民政府办公厅《关于…的通知》（…）, 关于印发《…》的通知….
fn unmarked(line: &str) -> Option<(String, usize)> {
    let text = line.trim_start_matches(['（', '(', '〈', '<', ' ']);
    let skipped = line.len() - text.len();
    // 根据…修正的《甲条例》:第十一条: the history stands before the title.
    if ["根据", "依据", "按照"].iter().any(|word| text.starts_with(word)) {
        let at = text.rfind("的《").map(|at| at + '的'.len_utf8())?;
        let end = title::balanced(&text[at..])?;
        return Some((text[at..at + end].to_owned(), skipped + at + end));
    }
    let first = text.find(['《', '》'])?;
    if text[..first].contains(['。', '：', ':', '；', ';', '，']) || text[..first].chars().count() > 60 {
        return None;
    }
    if text[first..].starts_with('》') {
        let end = first + '》'.len_utf8();
        return Some((text[..first].to_owned(), skipped + end));
    }
    let end = first + title::balanced(&text[first..])?;
    if first == 0 {
        return None;
    }
    // Words behind the inner title are the rest of the outer one: up to its history.
    let tail = &text[end..];
    let tail_end = tail.find(['（', '(', '第', '：', ':', '，', '。', '《']).unwrap_or(tail.len());
    let words = tail[..tail_end].trim_end();
    let organ = text[..first].ends_with(['府', '厅', '部', '局', '委', '院', '会', '署']);
    if words.is_empty() {
        // The organ before a title is none of its words.
        return organ.then(|| (text[first..end].to_owned(), skipped + end));
    }
    let tail_end = ["办法", "条例", "通知", "规定", "细则", "决定", "意见"]
        .iter()
        .find_map(|word| words.find(word).map(|at| at + word.len()))
        .unwrap_or(words.len());
    Some((text[..end + tail_end].to_owned(), skipped + end + tail_end))
}
