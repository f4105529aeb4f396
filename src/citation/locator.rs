//! Where in a legal text: 第三十一条第二款第（三）项.

use std::fmt;

/// A place in a legal text. Parts that are not named are `None`; an article's place says its book,
/// chapter and section only where the citation does, and they never take part in comparing.
///
/// ```
/// use qingdan::citation::locators;
/// let (places, rest) = locators("第五十八条第一款第（四）项和第三款：").unwrap();
/// assert_eq!(places.iter().map(ToString::to_string).collect::<Vec<_>>(), ["58.1(4)", "58.3"]);
/// assert_eq!(rest, "：");
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Locator {
    /// 附件: its number, 0 where it has none.
    pub annex: Option<u16>,
    /// 第N部分, 第N点; the 项 of a document that has no articles.
    pub part: Option<u16>,
    /// 第N章, where no article is named.
    pub chapter: Option<u16>,
    /// 第N条.
    pub article: Option<u16>,
    /// 条之N: 1 in 第一百三十三条之一.
    pub inserted: Option<u16>,
    /// 第N款.
    pub paragraph: Option<u16>,
    /// 第（N）项.
    pub item: Option<u16>,
    /// 第N目, 第（N）小项.
    pub sub_item: Option<u16>,
    /// The section of a standard: 4.3.
    pub section: Vec<u16>,
}

impl Locator {
    fn parts(&self) -> impl Ord + std::hash::Hash + '_ {
        let chapter = self.chapter.filter(|_| self.article.is_none());
        (
            (self.annex, self.part, chapter, self.article, self.inserted),
            (self.paragraph, self.item, self.sub_item, &self.section),
        )
    }
    /// The article alone, with the number of one that was put in behind it (条之N).
    pub(crate) fn article_number(&self) -> Option<(u16, u16)> {
        Some((self.article?, self.inserted.unwrap_or_default()))
    }
    /// Whether nothing is named: the whole text (全文).
    #[must_use]
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }
}

impl PartialEq for Locator {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}
impl Eq for Locator {}
impl PartialOrd for Locator {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Locator {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.parts().cmp(&other.parts())
    }
}
impl std::hash::Hash for Locator {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

/// Short: `58.1(4)`, `133bis1.1(2)`, `annex1:18`, `part2(1)`, `sec:4.3`, `whole`.
impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_whole() {
            return f.write_str("whole");
        }
        if !self.section.is_empty() {
            let section: Vec<String> = self.section.iter().map(ToString::to_string).collect();
            return write!(f, "sec:{}", section.join("."));
        }
        let mut before = "";
        if let Some(annex) = self.annex {
            f.write_str("annex")?;
            if annex > 0 {
                write!(f, "{annex}")?;
            }
            before = ":";
        }
        if let Some(part) = self.part {
            write!(f, "{before}part{part}")?;
            before = ":";
        }
        if let (Some(chapter), None) = (self.chapter, self.article) {
            write!(f, "{before}ch{chapter}")?;
            before = ":";
        }
        if let Some(article) = self.article {
            write!(f, "{before}{article}")?;
            if let Some(inserted) = self.inserted {
                write!(f, "bis{inserted}")?;
            }
        }
        if let Some(paragraph) = self.paragraph {
            write!(f, ".{paragraph}")?;
        }
        match self.item {
            // The numbered entries of an annex are its items.
            Some(item) if self.annex.is_some() && self.part.is_none() && self.article.is_none() => {
                write!(f, ":{item}")?;
            }
            Some(item) => write!(f, "({item})")?,
            None => {}
        }
        if let Some(sub_item) = self.sub_item {
            if self.part.is_some() && self.item.is_none() {
                write!(f, "({sub_item})")?;
            } else {
                write!(f, "-{sub_item}")?;
            }
        }
        Ok(())
    }
}

/// The level of a part, from the outside in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Book,
    Chapter,
    Section,
    Part,
    Article,
    Paragraph,
    Item,
    SubItem,
}

const UNITS: [(&str, Unit); 11] = [
    ("小项", Unit::SubItem),
    ("部分", Unit::Part),
    ("编", Unit::Book),
    ("章", Unit::Chapter),
    ("节", Unit::Section),
    ("条", Unit::Article),
    ("款", Unit::Paragraph),
    ("项", Unit::Item),
    ("目", Unit::SubItem),
    ("点", Unit::Part),
    ("类", Unit::Part),
];

fn unit(text: &str) -> Option<(Unit, &str)> {
    UNITS.iter().find_map(|(word, unit)| text.strip_prefix(word).map(|rest| (*unit, rest)))
}

/// A whole number in Chinese or Arabic digits of any width, in brackets or not.
/// A text that is one number and nothing else: 426, 三十四.
pub(super) fn numeral(text: &str) -> Option<u32> {
    match text.parse() {
        Ok(number) => Some(number),
        Err(_) => number(text).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| u32::from(number)),
    }
}

fn number(text: &str) -> Option<(u16, &str)> {
    let text = text.trim_start_matches([' ', '\u{3000}']);
    if let Some(inside) = text.strip_prefix(['（', '(']) {
        let (number, rest) = bare_number(inside)?;
        return Some((number, rest.trim_start().strip_prefix(['）', ')'])?));
    }
    bare_number(text)
}

fn bare_number(text: &str) -> Option<(u16, &str)> {
    let text = text.trim_start_matches([' ', '\u{3000}']);
    let digit = |c: char| match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    };
    let end = text.find(|c| digit(c).is_none()).unwrap_or(text.len());
    if end > 0 {
        let mut number = 0_u16;
        for c in text[..end].chars() {
            number = number.checked_mul(10)?.checked_add(digit(c)? as u16)?;
        }
        return Some((number, &text[end..]));
    }
    let value = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).map(|v| v as u16);
    let (mut total, mut current, mut length) = (0_u16, None::<u16>, 0);
    for c in text.chars() {
        let scale = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '〇' => 0,
            _ if value(c).is_some() => 1,
            _ => break,
        };
        match scale {
            0 => current = Some(0),
            1 => {
                let digit = value(c)?;
                // 二一 for 21 is written at times; a number that grows past any law is none.
                current = Some(match current {
                    Some(before) if before > 0 => before.checked_mul(10)?.checked_add(digit)?,
                    _ => digit,
                });
            }
            scale => {
                total = total.checked_add(current.take().unwrap_or(1).checked_mul(scale)?)?;
            }
        }
        length += c.len_utf8();
    }
    (length > 0).then(|| (total.saturating_add(current.unwrap_or(0)), &text[length..]))
}

/// What stands between two places of one list; and whether it spans a range.
fn separator(text: &str) -> Option<(bool, &str)> {
    let text = text.trim_start_matches([' ', '\u{3000}']);
    for (word, range) in [
        ("以及", false),
        ("、", false),
        ("，", false),
        (",", false),
        ("和", false),
        ("及", false),
        ("与", false),
        ("或者", false),
        ("或", false),
        ("至", true),
        ("到", true),
        ("～", true),
        ("~", true),
        ("—", true),
        ("－", true),
        ("-", true),
    ] {
        if let Some(rest) = text.strip_prefix(word) {
            return Some((range, rest.trim_start_matches(word)));
        }
    }
    None
}

/// Several numbers under one unit: 第一、三至五项, 第（三）（五）项.
struct Group<'t> {
    /// Each number, and whether it ends a range that the one before begins.
    numbers: Vec<(u16, bool)>,
    unit: Unit,
    rest: &'t str,
}

fn group(text: &str, inside: bool) -> Option<Group<'_>> {
    let text = text.trim_start_matches([' ', '\u{3000}']);
    let ordinal = text.strip_prefix('第');
    // 第四条二款: the 第 is left out behind an article.
    let mut rest = match ordinal {
        Some(rest) => rest,
        None if inside => text,
        None => return None,
    };
    let mut numbers = Vec::new();
    let mut range = false;
    loop {
        let (number, after) = number(rest)?;
        if number == 0 {
            return None;
        }
        numbers.push((number, range));
        let after_blank = after.trim_start_matches([' ', '\u{3000}']);
        if let Some((unit, rest)) = unit(after_blank) {
            // 二款 without 第 goes with its unit alone.
            if ordinal.is_none() && (numbers.len() > 1 || unit < Unit::Paragraph) {
                return None;
            }
            return Some(Group { numbers, unit, rest });
        }
        if let Some((is_range, behind)) = separator(after) {
            range = is_range;
            let behind = behind.trim_start_matches([' ', '\u{3000}']);
            rest = behind.strip_prefix('第').unwrap_or(behind);
        } else if after.starts_with(['（', '(']) {
            range = false;
            rest = after;
        } else {
            return None;
        }
    }
}

/// How the places of a text are named where the unit alone does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    /// Articles with paragraphs and items: laws, regulations, rules.
    Articles,
    /// A document whose 项 are entries of an annex or parts of their own.
    Document,
}

/// The places that a list of places names, from its beginning; and the text behind it. `None` where the text does
/// not begin with a place.
#[must_use]
pub fn locators(text: &str) -> Option<(Vec<Locator>, &str)> {
    read(text, &Locator::default(), Numbering::Articles)
}

/// [`locators`] that may go on from a place before: 第二款 behind an entry of 第四条.
pub(super) fn read<'t>(
    text: &'t str,
    before: &Locator,
    numbering: Numbering,
) -> Option<(Vec<Locator>, &'t str)> {
    let mut current = before.clone();
    let mut out: Vec<Locator> = Vec::new();
    let mut rest = text;
    let mut last: Option<Unit> = None;
    let mut joined = true;
    let mut spans = false;
    loop {
        let inside = joined && last.is_some_and(|unit| unit >= Unit::Article);
        let Some(group) = group(rest, inside) else { break };
        let unit = group.unit;
        // A part that follows directly goes on where the last one stands.
        if joined && last.is_some_and(|last| last < unit) {
            out.pop();
        }
        if last.is_none() && unit > Unit::Article && current.article.is_none() && current.annex.is_none() {
            orphan(&mut current, unit, &group, numbering, &mut out)?;
        } else {
            enter(&mut current, unit, &group.numbers, spans, &mut out);
        }
        rest = group.rest;
        if unit == Unit::Article
            && let Some(behind) = rest.strip_prefix('之')
            && let Some((inserted, behind)) = bare_number(behind)
        {
            current.inserted = Some(inserted);
            if let Some(place) = out.last_mut() {
                place.inserted = Some(inserted);
            }
            rest = behind;
        }
        last = Some(unit);
        joined = true;
        spans = false;
        // 第一条:第（七）项
        if unit == Unit::Article
            && let Some(behind) = rest.strip_prefix(['：', ':'])
            && behind.starts_with("第（")
            && group_of(behind).is_some_and(|group| group.unit == Unit::Item)
        {
            rest = behind;
        }
        if let Some((range, behind)) = separator(rest)
            && group_of(behind).is_some()
        {
            rest = behind;
            joined = false;
            spans = range;
        }
    }
    // A book or a section alone has no name here; it is not the whole text.
    out.retain(|place| !place.is_whole());
    (!out.is_empty()).then_some((out, rest))
}

fn group_of(text: &str) -> Option<Group<'_>> {
    group(text, false)
}

/// 三十八条：: the 第 is left out at the beginning of a line.
pub(super) fn without_ordinal(text: &str) -> Option<(Vec<Locator>, &str)> {
    let (number, rest) = bare_number(text)?;
    let rest = rest.strip_prefix('条')?;
    let place = Locator { article: Some(number), ..Locator::default() };
    rest.starts_with(['：', ':']).then(|| (vec![place], rest))
}

/// A 款 or 项 where no article is named before it.
fn orphan(
    current: &mut Locator,
    unit: Unit,
    group: &Group<'_>,
    numbering: Numbering,
    out: &mut Vec<Locator>,
) -> Option<()> {
    match (unit, numbering) {
        (Unit::Item, Numbering::Document) => {
            // 第86项 is an entry of the annex that the decision is known by, 第二项 a part.
            if group.numbers.iter().any(|(number, _)| *number > 20) {
                current.annex = Some(0);
                enter(current, Unit::Item, &group.numbers, false, out);
            } else {
                enter(current, Unit::Part, &group.numbers, false, out);
            }
            Some(())
        }
        _ => None,
    }
}

fn enter(current: &mut Locator, unit: Unit, numbers: &[(u16, bool)], spans: bool, out: &mut Vec<Locator>) {
    let was = slot(current, unit).copied();
    for (i, &(number, range)) in numbers.iter().enumerate() {
        let from = match (range || spans && i == 0, if i == 0 { was } else { slot(current, unit).copied() }) {
            (true, Some(from)) if from < number && number - from < 100 => from + 1,
            _ => number,
        };
        clear(current, unit);
        for number in from..=number {
            set(current, unit, number);
            out.push(current.clone());
        }
    }
}

fn slot(place: &Locator, unit: Unit) -> Option<&u16> {
    match unit {
        Unit::Book | Unit::Section => None,
        Unit::Chapter => place.chapter.as_ref(),
        Unit::Part => place.part.as_ref(),
        Unit::Article => place.article.as_ref(),
        Unit::Paragraph => place.paragraph.as_ref(),
        Unit::Item => place.item.as_ref(),
        Unit::SubItem => place.sub_item.as_ref(),
    }
}

/// Forgets the part and what is inside it.
fn clear(place: &mut Locator, unit: Unit) {
    if unit <= Unit::SubItem {
        place.sub_item = None;
    }
    if unit <= Unit::Item {
        place.item = None;
    }
    if unit <= Unit::Paragraph {
        place.paragraph = None;
    }
    if unit <= Unit::Article {
        (place.article, place.inserted) = (None, None);
    }
    if unit <= Unit::Part {
        place.part = None;
    }
    if unit <= Unit::Chapter {
        place.chapter = None;
    }
}

fn set(place: &mut Locator, unit: Unit, number: u16) {
    let slot = match unit {
        Unit::Book | Unit::Section => return,
        Unit::Chapter => &mut place.chapter,
        Unit::Part => &mut place.part,
        Unit::Article => &mut place.article,
        Unit::Paragraph => &mut place.paragraph,
        Unit::Item => &mut place.item,
        Unit::SubItem => &mut place.sub_item,
    };
    *slot = Some(number);
}

/// A place in an annex: 附件1第34项, 附件《…》第18项.
pub(super) fn annex(text: &str) -> Option<(Vec<Locator>, &str)> {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表"))?;
    let (mut place, mut rest) = (Locator { annex: Some(0), ..Locator::default() }, rest);
    if let Some((number, behind)) = bare_number(rest) {
        (place.annex, rest) = (Some(number), behind);
    }
    rest = rest.trim_start_matches(['：', ':', ' ', '\u{3000}']);
    if rest.starts_with('《') {
        let close = super::title::balanced(rest)?;
        rest = &rest[close..];
    }
    let rest = rest.trim_start_matches("目录").trim_start_matches(['，', ',', '中', '的', ' ', '\u{3000}']);
    match read(rest, &place, Numbering::Articles) {
        Some(found) => Some(found),
        None => Some((vec![place], rest)),
    }
}

/// The section of a standard: 第4.3条, 11.1.5.
pub(super) fn section(text: &str) -> Option<(Vec<Locator>, &str)> {
    let text = text.strip_prefix('第').unwrap_or(text);
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let numbers: Option<Vec<u16>> = text[..end].split('.').map(|n| n.parse().ok()).collect();
    let numbers = numbers.filter(|numbers| numbers.len() > 1)?;
    let rest = text[end..].strip_prefix(['条', '款']).unwrap_or(&text[end..]);
    Some((vec![Locator { section: numbers, ..Locator::default() }], rest))
}

/// The number of an item that a line begins with: （四）….
pub(super) fn item_line(text: &str) -> Option<(u16, &str)> {
    text.starts_with(['（', '(']).then(|| number(text)).flatten()
}
