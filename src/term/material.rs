//! What an applicant hands in (申请材料).

use super::EntryText;
use super::reading::{count, numbered};
use crate::cell::{is_empty_mark, last_bracket};
use crate::codes::Necessity;
use crate::{Record, Text};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A document that an applicant hands in. A table's cell holds names alone, between `；`, `;`, `|` or line ends.
///
/// A name may hold more than a name (`1.申请表（原件1份，复印件2份）`); it stays as it is written, and
/// [`reading`](Self::reading) says what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "material", text, key_with = canonical, cut_with = cut, joint = "\n")]
#[non_exhaustive]
pub struct Material {
    /// Name as printed in the guide (材料名称).
    pub name: EntryText,
    /// How many originals (原件份数).
    pub originals: Option<u32>,
    /// How many copies (复印件份数).
    pub copies: Option<u32>,
    /// Paper, electronic or both (材料形式).
    pub form: Text,
    /// Whether it is always needed (是否必备材料).
    pub required: Option<bool>,
    /// Who issues it (出具机构, 来源渠道).
    pub source: Text,
    /// Whether it may be handed in later (容缺受理).
    pub deferrable: Option<bool>,
    /// Whether a commitment may stand for it (告知承诺).
    pub commitment: Option<bool>,
    /// Whether the office has it already (数据共享).
    pub shared: Option<bool>,
    /// Type of the electronic certificate that stands for it (电子证照类型).
    pub certificate_type: Text,
    /// What else is said of it.
    pub note: Text,
}

impl Material {
    /// A material of this name.
    pub fn new(name: impl Into<EntryText>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// What the name holds besides a name, with what the other fields say, which goes before it. Linear; nothing is
    /// kept.
    ///
    /// ```
    /// use qingdan::term::Material;
    /// let material = Material::new("1.申请表（原件1份，复印件2份）");
    /// let reading = material.reading();
    /// assert_eq!((reading.number, reading.name), (Some("1."), "申请表"));
    /// assert_eq!((reading.originals, reading.copies), (Some(1), Some(2)));
    /// ```
    #[must_use]
    pub fn reading(&self) -> MaterialReading<'_> {
        let (number, mut name) = numbered(&self.name);
        let mut reading = MaterialReading { number, ..MaterialReading::default() };
        for _ in 0..4 {
            let Some((at, inner)) = last_bracket(name).filter(|(at, _)| *at > 0) else { break };
            let mut more = reading.clone();
            if !more.take(&name[inner]) {
                break;
            }
            reading = more;
            name = name[..at].trim_end();
        }
        reading.name = name;
        reading.originals = self.originals.or(reading.originals);
        reading.copies = self.copies.or(reading.copies);
        if !self.form.is_empty() {
            reading.forms = vec![&self.form];
        }
        reading.necessity = match self.required {
            Some(true) => Some(Necessity::Required),
            Some(false) if reading.necessity.is_none() => Some(Necessity::Optional),
            _ => reading.necessity,
        };
        reading
    }
}

/// What is read in a material's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MaterialReading<'a> {
    /// Its number at the head, as written (`1.`, `（2）`).
    pub number: Option<&'a str>,
    /// The name alone.
    pub name: &'a str,
    /// How many originals.
    pub originals: Option<u32>,
    /// How many copies.
    pub copies: Option<u32>,
    /// Forms that are named without a count: 原件, 复印件, 电子版.
    pub forms: Vec<&'a str>,
    /// Whether the original is only looked at (核验原件).
    pub shows_original: bool,
    /// Whether it must be there.
    pub necessity: Option<Necessity>,
}

/// Forms of a document.
const FORMS: &[&str] = &[
    "原件",
    "复印件",
    "正本",
    "副本",
    "纸质",
    "纸质版",
    "纸质件",
    "电子",
    "电子版",
    "电子件",
    "电子文档",
    "扫描件",
    "原件扫描件",
];
/// The original is looked at, and given back.
const SHOWN: &[&str] = &[
    "核验原件",
    "原件核验",
    "验原件",
    "查验原件",
    "原件查验",
    "核对原件",
    "原件核对",
    "校验原件",
    "交验原件",
];

impl<'a> MaterialReading<'a> {
    /// Takes over what a bracket says; answers whether all of it was understood.
    fn take(&mut self, inner: &'a str) -> bool {
        let mut last = None;
        for piece in
            inner.split(['，', ',', '、', '；', ';', '/', ' ']).map(str::trim).filter(|p| !p.is_empty())
        {
            if SHOWN.contains(&piece) {
                self.shows_original = true;
            } else if let Ok(
                necessity @ (Necessity::Required | Necessity::Optional | Necessity::Deferrable),
            ) = piece.parse::<Necessity>()
            {
                self.necessity = Some(necessity);
            } else if let Some((form, number)) = counted(piece) {
                match (form, number, last) {
                    ("原件", Some(n), _) | ("", Some(n), Some("原件")) => self.originals = Some(n),
                    ("复印件", Some(n), _) | ("", Some(n), Some("复印件")) => self.copies = Some(n),
                    ("原件及复印件" | "原件和复印件" | "原件复印件", Some(n), _) => {
                        (self.originals, self.copies) = (Some(n), Some(n));
                    }
                    _ => return false,
                }
                if let Some(form) = last.filter(|_| form.is_empty()) {
                    self.forms.retain(|known| *known != form);
                }
            } else if FORMS.contains(&piece) {
                self.forms.push(piece);
                last = Some(piece);
            } else {
                return false;
            }
        }
        !inner.trim().is_empty()
    }
}

/// A form and a count of it: 原件1份, 复印件：2份, 1份; 各 in between.
fn counted(piece: &str) -> Option<(&str, Option<u32>)> {
    let start = piece.find(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c))?;
    let (number, unit) = count(&piece[start..])?;
    let form = piece[..start].trim_end().trim_end_matches(['：', ':', '各', '共']).trim_end();
    matches!(unit, "份" | "张" | "套" | "件").then_some((form, Some(number)))
}

/// Cuts a cell into names; a mark of nothing is no name.
fn cut(cell: &str) -> Vec<&str> {
    if is_empty_mark(cell) {
        return Vec::new();
    }
    crate::cell::cut(cell, &['；', ';', '|', '｜', '\n', '\r'])
}

fn canonical(material: &Material) -> Cow<'_, str> {
    material.name.canonical()
}

impl fmt::Display for Material {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
impl FromStr for Material {
    type Err = crate::problem::Message;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_real_guides_are_read() {
        let check = |text: &str, shown: &str| {
            let material: Material = text.parse().unwrap();
            assert_eq!(material.to_string(), text, "to the byte");
            let r = material.reading();
            let mut out = format!("{}|{}", r.number.unwrap_or_default(), r.name);
            out += &r.originals.map(|n| format!(" o{n}")).unwrap_or_default();
            out += &r.copies.map(|n| format!(" c{n}")).unwrap_or_default();
            out += if r.shows_original { " shown" } else { "" };
            for form in &r.forms {
                out += &format!(" {form}");
            }
            out += &r.necessity.map(|n| format!(" {}", n.as_str())).unwrap_or_default();
            assert_eq!(out, shown, "{text}");
        };
        check("1.申请表（原件1份，复印件2份）", "1.|申请表 o1 c2");
        check("居民身份证（复印件，1份）", "|居民身份证 c1");
        check("居民身份证（复印件）", "|居民身份证 复印件");
        check("营业执照（核验原件）", "|营业执照 shown");
        check("（1）营业执照(原件及复印件各1份)", "（1）|营业执照 o1 c1");
        check("2、章程（必要）", "2、|章程 required");
        check("章程（非必要，电子版）", "|章程 电子版 optional");
        check("章程（原件两份）（容缺）", "|章程 o2 deferrable");
        check("《医师资格证书》", "|《医师资格证书》");
        check("6个月内二寸免冠正面半身照片", "|6个月内二寸免冠正面半身照片");
        check(
            "人体器官移植医师资格认定申请表（新开展移植工作的）",
            "|人体器官移植医师资格认定申请表（新开展移植工作的）",
        );
        check("照片（2张）", "|照片（2张）");
        check("1.5万吨以上船舶证书", "|1.5万吨以上船舶证书");
        check("①申请书", "①|申请书");
        check("", "|");
    }

    #[test]
    fn the_other_fields_go_before_the_name() {
        let mut material = Material::new("申请表（原件1份，容缺）");
        (material.originals, material.required) = (Some(3), Some(false));
        let reading = material.reading();
        assert_eq!((reading.originals, reading.necessity), (Some(3), Some(Necessity::Deferrable)));
    }

    #[test]
    fn a_cell_of_materials_is_cut_as_platforms_join_them() {
        assert_eq!(cut("申请表（新开展的）|居民身份证|医师执业证书").len(), 3);
        assert_eq!(cut("1.申请表；2.身份证\n3.章程"), ["1.申请表", "2.身份证", "3.章程"]);
        assert_eq!(cut("无"), Vec::<&str>::new());
    }
}
