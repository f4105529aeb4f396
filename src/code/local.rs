//! Code forms of places, platforms and earlier years: recognised by their shape, and no more.

use super::ImplementationCode;
use crate::problem::Lang;

/// The form of a code that is none of the national schemes in force.
///
/// A form is told by length, kinds of characters and hyphens, and by the province where the form has one at its head.
/// Nothing is checked beyond that, and nothing is known of what a code stands for.
///
/// ```
/// use qingdan::code::LocalForm;
/// let form = LocalForm::recognise("62052400MZ-XK-0001").unwrap();
/// assert_eq!(form, LocalForm::Gansu);
/// let parts: Vec<_> = form.parts("62052400MZ-XK-0001").into_iter().map(|part| part.text).collect();
/// assert_eq!(parts, ["62052400", "MZ", "XK", "0001"]);
/// assert_eq!(LocalForm::recognise("000164213003"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LocalForm {
    /// Ten characters: type (two letters or digits), main item (five), sub item (three): `XK0010100Y`. DB52/T 1264-2018
    /// of Guizhou has it with letters; GB/T 39046-2020 gives basic codes this length.
    TenCharacters,
    /// Hubei, 2016: 16 digits, with hyphens or without: division, department, type, item, sub item.
    Hubei,
    /// Tianjin's list of powers: `120000GZJXK02001`.
    Tianjin,
    /// Gansu, as Wushan (武山) writes it: `62052400MZ-XK-0001`.
    Gansu,
    /// Sichuan's platform: item, division of 12 digits, three digits, body, one digit, two digits.
    Sichuan,
    /// Danyang (丹阳, Jiangsu), before 2018: 32 characters.
    Danyang,
    /// Code of a material: an implementation code and three digits.
    Material,
    /// Number of a case: an implementation code, the day, four digits.
    Case,
}

/// A part of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CodePart<'a> {
    /// What it is; empty where nothing shows what it means.
    pub title: &'static str,
    /// Its text.
    pub text: &'a str,
}

/// A kind of characters of which a part consists.
#[derive(Clone, Copy)]
enum Of {
    Digits(usize),
    Letters(usize),
}

impl LocalForm {
    /// Every form, in the order in which they are tried.
    pub const ALL: &'static [Self] = &[
        Self::TenCharacters,
        Self::Hubei,
        Self::Tianjin,
        Self::Gansu,
        Self::Sichuan,
        Self::Danyang,
        Self::Material,
        Self::Case,
    ];

    /// The form that a text has, if it is one of these.
    #[must_use]
    #[inline]
    pub fn recognise(text: &str) -> Option<Self> {
        // None of them is longer, none has other characters; a platform's id of hexadecimal digits is no code.
        if text.len() > 80 || !text.is_ascii() {
            return None;
        }
        Self::ALL.iter().copied().find(|form| form.cut(text).is_some())
    }

    /// What a note calls the form.
    #[must_use]
    #[inline]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::TenCharacters => lang.pick("10位编码", "ten-character"),
            Self::Hubei => lang.pick("湖北16位编码", "Hubei"),
            Self::Tianjin => lang.pick("天津权责编码", "Tianjin"),
            Self::Gansu => lang.pick("甘肃编码", "Gansu"),
            Self::Sichuan => lang.pick("四川编码", "Sichuan"),
            Self::Danyang => lang.pick("丹阳32位编码", "Danyang"),
            Self::Material => lang.pick("材料编码", "material"),
            Self::Case => lang.pick("办件编号", "case"),
        }
    }

    /// The parts of a code of this form, without the hyphens between them; none where the text has another form.
    #[must_use]
    #[inline]
    pub fn parts(self, text: &str) -> Vec<CodePart<'_>> {
        self.cut(text).unwrap_or_default()
    }

    #[inline]
    fn cut(self, text: &str) -> Option<Vec<CodePart<'_>>> {
        use Of::{Digits, Letters};
        if !text.is_ascii() {
            return None;
        }
        match self {
            Self::TenCharacters => {
                let (head, rest) = text.split_at_checked(2)?;
                let (main, sub) = rest.split_at_checked(5)?;
                let typed = digits(head) || head.bytes().all(|b| b.is_ascii_uppercase());
                let subbed = sub.len() == 3 && (digits(sub) || sub == "00Y");
                (typed && digits(main) && subbed)
                    .then(|| vec![part("事项类型", head), part("主项", main), part("子项", sub)])
            }
            Self::Hubei => {
                let titles = ["行政区划", "部门", "事项类型", "事项", "子项"];
                let lengths = [6, 3, 2, 3, 2];
                if text.contains('-') {
                    let pieces: Vec<&str> = text.split('-').collect();
                    let fits = pieces.len() == 5
                        && pieces
                            .iter()
                            .zip(lengths)
                            .all(|(piece, length)| piece.len() == length && digits(piece));
                    return fits.then(|| titles.into_iter().zip(pieces).map(|(t, p)| part(t, p)).collect());
                }
                let kinds = lengths.map(Digits);
                pieces(text, &kinds).filter(|_| text.starts_with("42")).map(|p| titled(&titles, p))
            }
            Self::Tianjin => {
                let letters = text.get(6..)?.bytes().take_while(u8::is_ascii_uppercase).count();
                let kinds = [Digits(6), Letters(letters.checked_sub(2)?), Letters(2), Digits(5)];
                let titles = ["行政区划", "部门", "职权类型", "序号"];
                let fits = text.starts_with("12") && (3..=8).contains(&letters);
                pieces(text, &kinds).filter(|_| fits).map(|p| titled(&titles, p))
            }
            Self::Gansu => {
                let [head, kind, number] = text.split('-').collect::<Vec<_>>()[..] else { return None };
                let (region, department) = head.split_at_checked(8)?;
                let letters = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_uppercase());
                let fits = digits(region)
                    && region.starts_with("62")
                    && letters(department)
                    && letters(kind)
                    && number.len() == 4
                    && digits(number);
                fits.then(|| {
                    vec![
                        part("行政区划", region),
                        part("部门", department),
                        part("职权类型", kind),
                        part("序号", number),
                    ]
                })
            }
            Self::Sichuan => {
                // Item and body may have hyphens of their own; the division stands between them.
                let (rest, last) = text.rsplit_once('-')?;
                let (rest, one) = rest.rsplit_once('-')?;
                let fits = |t: &str, length: usize| t.len() == length && digits(t);
                let at = text.match_indices("-51").map(|(at, _)| at).find(|at| {
                    let part = |from: usize, to: usize| text.get(at + from..at + to).unwrap_or_default();
                    fits(part(1, 13), 12)
                        && part(13, 14) == "-"
                        && fits(part(14, 17), 3)
                        && part(17, 18) == "-"
                })?;
                let (item, body) = (&text[..at], rest.get(at + 18..)?);
                let plain = |t: &str| {
                    !t.is_empty() && t.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
                };
                (fits(one, 1) && fits(last, 2) && plain(item) && plain(body)).then(|| {
                    vec![
                        part("事项", item),
                        part("行政区划", &text[at + 1..at + 13]),
                        part("", &text[at + 14..at + 17]),
                        part("实施主体", body),
                        part("", one),
                        part("", last),
                    ]
                })
            }
            // Seen in 277 codes: a division, six zeros, an organisation code whose check character fits, three digits
            // (001, 002, 010, …) that nothing explains, five that count, three for a sub item (000: none).
            Self::Danyang => {
                let organisation = text.get(12..21)?;
                let (id, check) = organisation.split_at(8);
                let fits = text.len() == 32
                    && text.starts_with("32")
                    && digits(&text[..12])
                    && text[6..12] == *"000000"
                    && digits(id)
                    && (digits(check) || check.eq_ignore_ascii_case("x"))
                    && digits(&text[21..]);
                fits.then(|| {
                    vec![
                        part("行政区划", &text[..6]),
                        part("", &text[6..12]),
                        part("组织机构代码", organisation),
                        part("", &text[21..24]),
                        part("序号", &text[24..29]),
                        part("子项", &text[29..]),
                    ]
                })
            }
            Self::Material => {
                let (code, number) = text.split_at_checked(31)?;
                let fits = number.len() == 3 && digits(number) && code.parse::<ImplementationCode>().is_ok();
                fits.then(|| vec![part("实施编码", code), part("材料序号", number)])
            }
            Self::Case => {
                let (code, number) = text.split_at_checked(31)?;
                let (day, number) = number.split_at_checked(8)?;
                let fits = number.len() == 4
                    && digits(number)
                    && is_day(day)
                    && code.parse::<ImplementationCode>().is_ok();
                fits.then(|| vec![part("实施编码", code), part("日期", day), part("序号", number)])
            }
        }
    }
}

#[inline]
fn part<'a>(title: &'static str, text: &'a str) -> CodePart<'a> {
    CodePart { title, text }
}

#[inline]
fn titled<'a>(titles: &[&'static str], texts: Vec<&'a str>) -> Vec<CodePart<'a>> {
    titles.iter().zip(texts).map(|(title, text)| part(title, text)).collect()
}

#[inline]
fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Year, month and day in eight digits, as far as their ranges go.
#[inline]
fn is_day(text: &str) -> bool {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|t| t.parse::<u16>().ok()).unwrap_or(0);
    digits(text)
        && (1990..2100).contains(&number(0, 4))
        && (1..=12).contains(&number(4, 6))
        && (1..=31).contains(&number(6, 8))
}

/// Cuts a text into runs of the kinds given, which must be all of it.
#[inline]
fn pieces<'a>(text: &'a str, kinds: &[Of]) -> Option<Vec<&'a str>> {
    let mut rest = text;
    let mut out = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let (Of::Digits(length) | Of::Letters(length)) = *kind;
        let (piece, behind) = rest.split_at_checked(length)?;
        let fits = piece.bytes().all(|b| match kind {
            Of::Digits(_) => b.is_ascii_digit(),
            Of::Letters(_) => b.is_ascii_uppercase(),
        });
        if !fits {
            return None;
        }
        out.push(piece);
        rest = behind;
    }
    rest.is_empty().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Code;
    use proptest::prelude::*;

    #[test]
    fn each_form_is_told_by_its_shape() {
        let check = |text: &str, form: LocalForm, parts: &[&str]| {
            assert_eq!(LocalForm::recognise(text), Some(form), "{text}");
            let found: Vec<&str> = form.parts(text).into_iter().map(|part| part.text).collect();
            assert_eq!(found, parts, "{text}");
            let code = Code::recognise(text);
            assert_eq!(code.local_form(), Some(form), "{code:?}");
        };
        check("XK0010100Y", LocalForm::TenCharacters, &["XK", "00101", "00Y"]);
        check("0100101001", LocalForm::TenCharacters, &["01", "00101", "001"]);
        check("420100-001-01-002-03", LocalForm::Hubei, &["420100", "001", "01", "002", "03"]);
        check("4201000010100203", LocalForm::Hubei, &["420100", "001", "01", "002", "03"]);
        check("120000GZJXK02001", LocalForm::Tianjin, &["120000", "GZJ", "XK", "02001"]);
        check("62052400MZ-XK-0001", LocalForm::Gansu, &["62052400", "MZ", "XK", "0001"]);
        check(
            "511A0138000000-511602000000-000-115113010833722043-1-00",
            LocalForm::Sichuan,
            &["511A0138000000", "511602000000", "000", "115113010833722043", "1", "00"],
        );
        check(
            "G-000007-001-511602000000-000-00877818-3-1-00",
            LocalForm::Sichuan,
            &["G-000007-001", "511602000000", "000", "00877818-3", "1", "00"],
        );
        check(
            "32118100000001448638X01000512001",
            LocalForm::Danyang,
            &["321181", "000000", "01448638X", "010", "00512", "001"],
        );
        check(
            "11450721348531435D4001033002000001",
            LocalForm::Material,
            &["11450721348531435D4001033002000", "001"],
        );
        check(
            "12441500196720244T3442199806003202206230068",
            LocalForm::Case,
            &["12441500196720244T3442199806003", "20220623", "0068"],
        );
    }

    #[test]
    fn what_is_no_such_code_is_left_alone() {
        for text in [
            "",
            "/",
            "000164213003",
            "00016421300301",
            "11450721MB155808114000104002000",
            "44a3e57c228945ed8217e3881fd95642",
            "E-000004-001-11511301008778386B",
            "12441500196720244T3442199806003202299990068",
            "XK001010Y0",
            "许可-00123-001",
            "13018119820303041X",
            "1234567890123456",
        ] {
            assert_eq!(LocalForm::recognise(text), None, "{text}");
        }
        // A code of a national scheme is that, whatever else it looks like.
        assert_eq!(Code::recognise("000164213003").local_form(), None);
    }

    proptest! {
        #[test]
        fn parts_are_the_text_without_its_hyphens(text in "[0-9A-Z-]{0,50}|51[0-9A-Z-]{6,12}-51[0-9]{10}-000-[0-9A-Z]{9,18}-1-00") {
            if let Some(form) = LocalForm::recognise(&text) {
                let parts: String = form.parts(&text).iter().map(|part| part.text).collect();
                prop_assert_eq!(parts.replace('-', ""), text.replace('-', ""));
                prop_assert!(!form.name(Lang::Zh).is_empty());
            }
        }
    }
}
