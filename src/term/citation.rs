//! A legal basis as it is cited (设定依据, 实施依据).

use super::EntryText;
use crate::Record;
use crate::citation::{self, Bases, Cited};
use crate::codes::Rank;
use crate::text::normal;
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// One citation as the list writes it: a title with its history, its articles and what is quoted from them.
///
/// The text stays as it is written; [`read`](Self::read) says what it cites. Its key is the title without `《》`,
/// history and articles, so that a new spelling is a cosmetic change and a new edition of a decree an edit, not a
/// removal and an addition. Two citations of one title in one cell are told apart by `occurrence`.
///
/// ```
/// use qingdan::{List, codes::Rank, term::Citation};
/// let one = Citation::new("【法律】《中华人民共和国种子法》（2021年修正）第三十一条");
/// let other = Citation::new("《种子法》第三十一条");
/// assert!(one.is_same_basis(&other));
/// assert_eq!(one.rank(), Some(Rank::Law));
/// assert_eq!(one.canonical(), "中华人民共和国种子法 31");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "citation", text, key_with = title_form, cut_with = cut, joint = "\n")]
#[non_exhaustive]
pub struct Citation {
    /// The citation as written.
    pub text: EntryText,
    /// Which citation of one title in this cell it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
}

impl Citation {
    /// A citation of this text.
    pub fn new(text: impl Into<EntryText>) -> Self {
        Self { text: text.into(), occurrence: None }
    }
    /// What it cites, and what its quoted text refers to. Linear in the text; nothing is kept.
    #[must_use]
    pub fn read(&self) -> Bases {
        citation::bases(&self.text)
    }
    /// The legal text that it cites; `None` where none can be made out.
    #[must_use]
    pub fn cited(&self) -> Option<Cited> {
        self.read().cited.into_iter().next()
    }
    /// The title in its one form; the whole text where it holds none.
    #[must_use]
    pub fn title(&self) -> Cow<'_, str> {
        title(&self.text)
    }
    /// Its rank, from title, number and organ; `None` where they do not say.
    #[must_use]
    pub fn rank(&self) -> Option<Rank> {
        self.cited()?.rank()
    }
    /// Title and places in one form for comparing; the text in normal form where nothing can be made out.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.cited().map_or_else(|| normal(&self.text).into_owned(), |cited| cited.canonical())
    }
    /// Whether both cite the same places of the same text; history, label and spelling never count.
    #[must_use]
    pub fn is_same_basis(&self, other: &Self) -> bool {
        match (self.cited(), other.cited()) {
            (Some(one), Some(other)) => one.is_same_basis(&other),
            (None, None) => normal(&self.text) == normal(&other.text),
            _ => false,
        }
    }
}

/// The title of a citation. One that begins with its title, as nearly all do, needs no reading of the rest.
fn title(text: &str) -> Cow<'_, str> {
    citation::plain_leading_title(text).map_or_else(|| read_title(text), Cow::Borrowed)
}

fn read_title(text: &str) -> Cow<'_, str> {
    if text.starts_with('《')
        && let Some(title) = citation::leading_title(text)
    {
        return citation::title_form(title);
    }
    match citation::bases(text).cited.into_iter().next() {
        Some(cited) => Cow::Owned(cited.title),
        None => Cow::Borrowed(text.trim()),
    }
}

fn title_form(citation: &Citation) -> Cow<'_, str> {
    // In its normal form already: nearly all keys are made here, and many in each comparison.
    if let Some(title) = citation::plain_leading_title(&citation.text) {
        return Cow::Borrowed(title);
    }
    match read_title(&citation.text) {
        Cow::Borrowed(title) => normal(title),
        Cow::Owned(title) => Cow::Owned(normal(&title).into_owned()),
    }
}

/// Cuts a cell where a legal text is cited, as [`citation::bases`] reads it. What stands between the cuts is kept whole,
/// separators at the ends aside; a cell that cites none is one piece.
fn cut(cell: &str) -> Vec<&str> {
    let separators = |c: char| c.is_whitespace() || "、；;，,".contains(c);
    let cited = citation::bases(cell).cited;
    let starts = cited.iter().skip(1).map(|cited| cited.span.start);
    let mut from = 0;
    let mut pieces = Vec::with_capacity(cited.len());
    for to in starts.chain([cell.len()]) {
        let piece = cell[from..to].trim_matches(separators);
        if !piece.is_empty() {
            pieces.push(piece);
        }
        from = to;
    }
    pieces
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl FromStr for Citation {
    type Err = crate::problem::Message;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_cut_where_a_citation_begins_and_nowhere_else() {
        let check = |cell: &str, pieces: &[&str]| assert_eq!(cut(cell), pieces, "{cell}");
        check(
            "《中华人民共和国节约能源法》《固定资产投资项目节能审查办法》(国家发展改革委令2016年第44号)",
            &[
                "《中华人民共和国节约能源法》",
                "《固定资产投资项目节能审查办法》(国家发展改革委令2016年第44号)",
            ],
        );
        check("1.《甲法》第三条\n2.《乙法》第五条", &["1.《甲法》第三条", "2.《乙法》第五条"]);
        check("《甲法》第三条、《乙条例》第五条", &["《甲法》第三条", "《乙条例》第五条"]);
        check("《甲法》（根据《乙决定》修正）第三条", &["《甲法》（根据《乙决定》修正）第三条"]);
        check("《甲法》第三条：依照《乙法》的规定", &["《甲法》第三条：依照《乙法》的规定"]);
        check(
            "【法律】《甲法》\n 第三条：文\n【法规】《乙条例》",
            &["【法律】《甲法》\n 第三条：文", "【法规】《乙条例》"],
        );
        check("国发〔2021〕7号", &["国发〔2021〕7号"]);
        check("", &[]);
    }

    #[test]
    fn the_key_is_the_title_alone() {
        let key = |text: &str| title_form(&Citation::new(text)).into_owned();
        assert_eq!(key("《甲法》（2020年修正）第三条"), "甲法");
        assert_eq!(key("【法律】《甲法》（2020年修正）第三条"), "甲法");
        assert_eq!(key("《浙江省实施〈甲法〉办法》"), "浙江省实施〈甲法〉办法");
        assert_eq!(key("《浙江省实施《甲法》办法》"), "浙江省实施〈甲法〉办法");
        assert_eq!(key("国发〔2021〕7号"), "国发[2021]7号");
        assert_eq!(key("《甲办法》实施细则》（2020年）"), "甲办法实施细则");
    }

    proptest::proptest! {
        #[test]
        fn a_plain_title_is_what_the_whole_reading_finds(
            text in "《?[《》〈甲办法乙 A1（\\n㐀䷀一鿿\u{FA0E}]{0,6}》?[》《（第，甲\\n一]{0,4}"
        ) {
            if let Some(plain) = citation::plain_leading_title(&text) {
                let read = read_title(&text);
                proptest::prop_assert_eq!(plain, &*read);
                proptest::prop_assert_eq!(plain, &*normal(&read));
            }
        }
    }
}
