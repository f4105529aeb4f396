//! How many are to be inspected (抽查比例).

use crate::codes::RatioKind;
use crate::problem::Message;
use crate::text::normal;
use crate::{Record, Text};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A ratio of inspection: a share, the least share, a number of subjects, or a text that says it otherwise.
///
/// `10-20%`, `30%`, `=50%`, `不低于0.5%` and `60-70家` are read. Shares are held in hundredths of a percent, so
/// that they are exact: `0.5%` is 50. What is read differently from how it would be written is kept in
/// `text`, so that nothing is lost; two ratios of one kind and range are equal in normal form.
///
/// ```
/// use qingdan::{codes::RatioKind, term::Ratio, value::alike};
/// let ratio: Ratio = "10%～20%".parse()?;
/// assert_eq!((ratio.kind.clone(), ratio.min, ratio.max), (Some(RatioKind::Percent), Some(1000), Some(2000)));
/// assert!(alike(&ratio, &"10-20%".parse()?));
/// assert_eq!(ratio.to_string(), "10%～20%");
/// # Ok::<(), qingdan::problem::Message>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "ratio", atom, text, normal_with = canonical)]
#[non_exhaustive]
pub struct Ratio {
    /// What the numbers are; none where the text says it otherwise.
    pub kind: Option<RatioKind>,
    /// The least: hundredths of a percent, or a number of subjects.
    pub min: Option<u32>,
    /// The most; of a ratio without a range the same as the least.
    pub max: Option<u32>,
    /// What is counted (家, 户), where it is a number.
    pub unit: Text,
    /// As written, where it is not written as the numbers would be.
    pub text: Text,
}

impl Ratio {
    fn as_numbers(&self) -> Option<String> {
        let min = self.min?;
        let range = |write: &dyn Fn(u32) -> String| match self.max {
            Some(max) if max != min => format!("{}-{}", write(min), write(max)),
            _ => write(min),
        };
        Some(match self.kind.as_ref()? {
            RatioKind::Percent => format!("{}%", range(&percent)),
            RatioKind::AtLeast => format!("不低于{}%", percent(min)),
            RatioKind::Count => format!("{}{}", range(&|n| n.to_string()), self.unit),
            RatioKind::Other(_) => return None,
        })
    }
}

/// Hundredths of a percent without the zeros behind the point.
fn percent(hundredths: u32) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match part {
        0 => whole.to_string(),
        _ if part % 10 == 0 => format!("{whole}.{}", part / 10),
        _ => format!("{whole}.{part:02}"),
    }
}

fn canonical(ratio: &Ratio) -> Cow<'_, str> {
    match ratio.as_numbers() {
        Some(text) => Cow::Owned(text),
        None => normal(&ratio.text),
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_numbers() {
            Some(text) if self.text.is_empty() => f.write_str(&text),
            _ => f.write_str(&self.text),
        }
    }
}

/// Hundredths of a percent from a decimal with two places at most.
fn hundredths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let part: u32 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(part)
}

/// Both ends of `10-20`; of one number twice the same.
fn ends<'a>(text: &'a str, read: impl Fn(&'a str) -> Option<u32>) -> Option<(u32, u32)> {
    match text.split_once(['-', '~', '～', '–', '—', '至', '到']) {
        Some((min, max)) => {
            let (min, max) = (read(min)?, read(max)?);
            (min <= max).then_some((min, max))
        }
        None => read(text).map(|n| (n, n)),
    }
}

/// Kind, ends and unit of a text in normal form.
fn numbers(form: &str) -> Option<(RatioKind, u32, u32, &str)> {
    let at_least = ["不低于", "不少于", "至少", "≥", ">="].iter().find_map(|word| form.strip_prefix(word));
    let (body, at_least) = (at_least.unwrap_or(form), at_least.is_some());
    let body = if at_least { body } else { body.strip_prefix('=').unwrap_or(body) };
    if let Some(share) = body.strip_suffix('%') {
        let (min, max) = ends(share, |end| hundredths(end.strip_suffix('%').unwrap_or(end)))?;
        return match (at_least, min == max) {
            (true, false) => None,
            (true, true) => Some((RatioKind::AtLeast, min, max, "")),
            (false, _) => Some((RatioKind::Percent, min, max, "")),
        };
    }
    let (count, unit) = body.split_at(body.rfind(|c: char| c.is_ascii_digit())? + 1);
    // 「50户以上」says more than a number.
    let plain = !at_least && !unit.is_empty() && unit.chars().count() <= 2 && !unit.contains("以");
    let (min, max) = ends(count, |end| end.trim_end_matches(unit).parse().ok())?;
    plain.then_some((RatioKind::Count, min, max, unit))
}

impl FromStr for Ratio {
    type Err = Message;
    fn from_str(text: &str) -> Result<Self, Message> {
        let form = normal(text);
        let mut ratio = Self::default();
        if let Some((kind, min, max, unit)) = numbers(&form) {
            (ratio.kind, ratio.min, ratio.max, ratio.unit) = (Some(kind), Some(min), Some(max), unit.into());
        }
        if ratio.to_string() != text {
            ratio.text = text.into();
        }
        Ok(ratio)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_read_as_lists_write_them() {
        let check = |text: &str, read: Option<(RatioKind, u32, u32, &str)>| {
            let ratio: Ratio = text.parse().unwrap();
            let found = ratio.kind.clone().zip(ratio.min).zip(ratio.max);
            let found = found.map(|((kind, min), max)| (kind, min, max, ratio.unit.as_str()));
            assert_eq!(found, read, "{text}");
            assert_eq!(ratio.to_string(), text);
        };
        check("10-20%", Some((RatioKind::Percent, 1000, 2000, "")));
        check("10%-20%", Some((RatioKind::Percent, 1000, 2000, "")));
        check("30%", Some((RatioKind::Percent, 3000, 3000, "")));
        check("30％", Some((RatioKind::Percent, 3000, 3000, "")));
        check("=50%", Some((RatioKind::Percent, 5000, 5000, "")));
        check("0.25%", Some((RatioKind::Percent, 25, 25, "")));
        check("不低于0.5%", Some((RatioKind::AtLeast, 50, 50, "")));
        check("60-70家", Some((RatioKind::Count, 60, 70, "家")));
        check("60家至70家", Some((RatioKind::Count, 60, 70, "家")));
        for text in
            ["", "20-10%", "0.125%", "按年度计划", "不低于10-20%", "5户以上", "99999999999%", "-", "50", "家"]
        {
            check(text, None);
        }
    }

    #[test]
    fn numbers_are_told_by_their_kind_and_ends() {
        let alike = |a: &str, b: &str| {
            crate::value::alike(&a.parse::<Ratio>().unwrap(), &b.parse::<Ratio>().unwrap())
        };
        assert!(alike("=50%", "50%") && alike("不少于0.50%", "不低于0.5%") && alike("60家至70家", "60-70家"));
        assert!(!alike("不低于50%", "50%") && !alike("60家", "60户"));
    }
}
