//! Codes: check characters, levels, codes that name several things.

use super::look::{Look, basic_code};
use super::{Findings, say};
use crate::cell::is_empty_mark;
use crate::code::{Code, CodeError, CreditCode, ImplementationCode, Strictness, SubItem, normalised};
use crate::codes::Level;
use crate::keyed::Set;
use crate::name;
use crate::problem::{Severity, shortened};
use std::collections::HashMap;

#[inline]
pub(super) fn check(list: &Look<'_>, findings: &mut Findings) {
    for (i, item) in list.items.iter().enumerate() {
        let code = if item.is_derived() { None } else { Some(Code::recognise(item.id())) };
        let implementation = match &code {
            Some(Code::Implementation(code)) => Some(*code),
            Some(Code::Handling(code)) => Some(code.implementation()),
            _ => None,
        };
        if let Some(code) = &implementation {
            credit(list, i, code.organisation(), findings);
            implemented(list, i, code, findings);
        }
        let body = item.text("authority_code");
        if !is_empty_mark(&body) {
            credit(list, i, &normalised(&body), findings);
        }
    }
    several_names(list, findings);
}

/// The credit code of a body (GB 32100): one finding for each distinct code.
#[inline]
fn credit(list: &Look<'_>, item: usize, text: &str, findings: &mut Findings) {
    // Bodies without a code are given one that no scheme knows, TE4507211000000003, or a word for one to come.
    let placeholder = text.starts_with("TE") || ["待编", "待定", "待赋码", "暂缺"].contains(&text);
    let body = match list.department(item) {
        body if body.is_empty() => list.items[item].name().to_owned(),
        body => body,
    };
    let wrong = match text.parse::<CreditCode>() {
        Ok(code) => code.problems(Strictness::Organisation).into_iter().next(),
        Err(error) => Some(error),
    };
    let Some(wrong) = wrong else { return };
    if let CodeError::OrganisationCheck { .. } = wrong {
        findings.item("code/organisation-check", list, text, item, || {
            say(
                format!("{body}的信用代码{text}中，组织机构代码的校验码不符（应为{}）", wrong.expected()),
                format!(
                    "the organisation code in {text} ({body}) has another check character: {} was expected",
                    wrong.expected()
                ),
            )
            .expected(wrong.expected())
            .found(wrong.found())
        });
        return;
    }
    findings.item("code/credit-check", list, text, item, || {
        let hit = if placeholder {
            say(
                format!("{body}没有统一社会信用代码，使用占位代码{text}"),
                format!("{body} has no credit code: {text} holds its place"),
            )
            .severity(Severity::Note)
        } else {
            say(
                format!("{body}的统一社会信用代码{text}不合 GB 32100：{}", in_chinese(&wrong)),
                format!("the credit code {text} ({body}) does not keep GB 32100: {wrong}"),
            )
        };
        hit.expected(wrong.expected()).found(text)
    });
}

/// What is wrong with a code.
#[inline]
fn in_chinese(wrong: &CodeError) -> String {
    match wrong {
        CodeError::Length { length, expected, .. } => format!("有{length}位，应为{expected}位"),
        CodeError::Character { position, found, .. } => format!("第{position}位不能是“{found}”"),
        CodeError::Unknown { position, found, .. } => format!("第{position}位起的“{found}”不在已知代码之中"),
        CodeError::Part { position, found, .. } => format!("第{position}位起不能是“{found}”"),
        other => format!("第{}位是“{}”，应为“{}”", other.position(), other.found(), other.expected()),
    }
}

/// What an implementation code says, against what the item's columns say.
#[inline]
fn implemented(list: &Look<'_>, i: usize, code: &ImplementationCode, findings: &mut Findings) {
    let item = list.items[i];
    let basic = code.basic();
    let column = item.text("basic_code");
    if !column.is_empty() && *column != *basic.as_str() {
        findings.item("code/basic-differs", list, item.id(), i, || {
            say(
                format!("实施编码中的基本编码是{basic}，基本编码一栏是{}", shortened(&column, 20)),
                format!(
                    "the implementation code holds the basic code {basic}, the column says {}",
                    shortened(&column, 20)
                ),
            )
            .field("basic_code")
            .expected(basic.as_str())
            .found(&*column)
        });
    }
    if basic.sub_item() == SubItem::Main {
        findings.item("code/main-implemented", list, "", i, || {
            say(
                format!("实施编码{}含主项编码（…00Y）：有子项的主项不单独实施", item.id()),
                format!("the implementation code {} holds a main item's basic code (…00Y): only its sub items are implemented", item.id()),
            )
        });
    }
    if let (Some(level), Some(levels)) = (code.level(), item.get::<Set<Level>>("levels"))
        && !levels.contains(&level)
    {
        let stated: Vec<&str> = levels.iter().map(Level::label).collect();
        let stated = stated.join("、");
        let cause = format!("{} {stated}", code.level_digit());
        findings.item("code/level-differs", list, &cause, i, || {
            say(
                format!("实施编码第19位是{}（{}），行使层级是{stated}", code.level_digit(), level.label()),
                format!(
                    "character 19 of the implementation code is {} ({}), the level is {stated}",
                    code.level_digit(),
                    level.label()
                ),
            )
            .field("levels")
            .expected(stated.clone())
            .found(level.label())
        });
    }
}

/// One basic code under names that have nothing in common. Handling items of one code bear different names and are
/// never meant.
#[inline]
fn several_names(list: &Look<'_>, findings: &mut Findings) {
    let mut first: HashMap<String, usize> = HashMap::new();
    for (i, item) in list.items.iter().enumerate() {
        if matches!(Code::recognise(item.id()), Code::Handling(_) | Code::NormHandling(_)) {
            continue;
        }
        let Some(basic) = basic_code(*item) else { continue };
        let Some(&before) = first.get(&basic) else {
            first.insert(basic, i);
            continue;
        };
        let (one, other) = (name::stem(list.items[before].name()), name::stem(item.name()));
        if one == other || name::similarity(&one, &other) >= 0.15 {
            continue;
        }
        let names = (shortened(list.items[before].name(), 40), shortened(item.name(), 40));
        for place in [before, i] {
            findings.item("code/several-names", list, &basic, place, || {
                say(
                    format!("基本编码{basic}对应“{}”和“{}”，两者似非一事", names.0, names.1),
                    format!(
                        "the basic code {basic} stands for `{}` and `{}`, which do not look like one thing",
                        names.0, names.1
                    ),
                )
            });
        }
    }
}
