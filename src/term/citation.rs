//! A legal basis as it is cited (设定依据, 实施依据).

use crate::text::normal;
use crate::{Record, Text};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// One citation as the list writes it: a title with its history and its articles.
///
/// Kept as raw text. Its key is the title without `《》`, history and articles, so that a new spelling is
/// a cosmetic change and a new edition of a decree an edit, not a removal and an addition. Two
/// citations of one title in one cell are told apart by `occurrence`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "citation", text, key_with = title_form, cut_with = cut, joint = "\n")]
#[non_exhaustive]
pub struct Citation {
    /// The citation as written.
    pub text: Text,
    /// Which citation of one title in this cell it is: none, or 2, 3, ….
    pub occurrence: Option<u32>,
}

impl Citation {
    /// A citation of this text.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), occurrence: None }
    }
    /// The title inside the outer `《》`; the whole text where there is none.
    #[must_use]
    pub fn title(&self) -> &str {
        title(&self.text)
    }
}

fn title(text: &str) -> &str {
    let Some(open) = text.find('《') else { return text.trim() };
    let inside = &text[open + '《'.len_utf8()..];
    let mut depth = 1;
    for (at, c) in inside.char_indices() {
        match c {
            '《' => depth += 1,
            '》' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &inside[..at];
        }
    }
    inside
}

fn title_form(citation: &Citation) -> Cow<'_, str> {
    normal(citation.title())
}

/// Cuts a cell into citations: before a title that begins the cell or a line, or that follows directly
/// on a title, a bracket, a separator or a locator. A title after a word of reference (依照《…》), or in
/// text that is quoted after a colon, begins no citation. Numbers of a list (1. （一）) go with the title
/// that they number.
///
/// What stands between the cuts is kept whole, separators at the ends aside. (The grammar of citations
/// is a parser's work; this only finds where one begins, and where unsure does not cut.)
fn cut(cell: &str) -> Vec<&str> {
    let separators = |c: char| c.is_whitespace() || "、；;，,".contains(c);
    let mut starts = vec![0];
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut line_start = 0;
    for (at, c) in cell.char_indices() {
        match c {
            '\n' | '\r' => {
                quoted = false;
                depth = 0;
                line_start = at + 1;
            }
            '：' | ':' if depth == 0 => quoted = true,
            '（' | '(' | '〔' | '【' => depth += 1,
            '）' | ')' | '〕' | '】' => depth = depth.saturating_sub(1),
            '《' => {
                let before = cell[line_start..at].trim_end_matches(separators);
                let head = number_head(before);
                let begins = depth == 0
                    && (head.is_empty()
                        || !quoted && head.ends_with(['》', '）', ')', '条', '款', '项', '号', '目']));
                if begins {
                    // A number in front of the title belongs to it.
                    let from = if head.is_empty() { line_start } else { line_start + head.len() };
                    starts.push(from);
                }
                depth += 1;
            }
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([cell.len()]);
    let pieces = starts.iter().zip(ends).map(|(&from, to)| cell[from..to].trim_matches(separators));
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// The text in front of a list number (`1.`, `2、`, `（3）`, `①`, a rank label in 【】) that stands at its end.
fn number_head(text: &str) -> &str {
    let without_label = match text.rfind('【') {
        Some(at) if text.ends_with('】') => text[..at].trim_end(),
        _ => text,
    };
    let digits = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let circled = |c: char| ('①'..='⑳').contains(&c);
    if let Some(rest) = without_label.strip_suffix(circled) {
        return rest.trim_end();
    }
    let body = without_label.trim_end_matches(['.', '．', '、', '）', ')']);
    if body.len() == without_label.len() {
        return without_label;
    }
    let rest = body.trim_end_matches(digits);
    if rest.len() == body.len() {
        return without_label;
    }
    let rest = rest.trim_end_matches(['（', '(']);
    // `第（三）` is a locator, not the number of a list.
    if rest.ends_with('第') { without_label } else { rest }
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
        assert_eq!(key("《浙江省实施〈甲法〉办法》"), "浙江省实施〈甲法〉办法");
        assert_eq!(key("国发〔2021〕7号"), "国发[2021]7号");
    }
}
