//! A changed text in pieces: what stayed, what went, what came.

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};

/// What happened to a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It stayed, or is a word of the report.
    Same,
    /// It went.
    Gone,
    /// It came.
    Come,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) mark: Mark,
}

impl Piece {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), mark: Mark::Same }
    }
}

/// How much of a changed text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// Of a long one what changed, with a little before and behind.
    Changed,
}

/// Texts up to this many characters are shown whole.
const SHORT: usize = 80;
/// So many characters are shown beside a change.
const CONTEXT: usize = 12;
/// A piece that went or came is shown up to so many characters.
const LONGEST: usize = 240;
/// Longer middles, both together, are not compared character by character: quadratic at worst.
const COMPARED: usize = 8000;

/// Two texts as one, with what changed marked.
pub(super) fn pieces(before: &str, after: &str, extent: Extent) -> Vec<Piece> {
    let (old, new) = (tokens(before), tokens(after));
    let mut runs = runs(&old, &new);
    join_small(&mut runs);
    let all = runs.iter().map(|run| run.text.chars().count()).sum::<usize>();
    let shorten = extent == Extent::Changed && all > SHORT;
    let last = runs.len().saturating_sub(1);
    runs.iter()
        .enumerate()
        .map(|(at, run)| {
            let text = match run.mark {
                _ if !shorten => run.text.clone(),
                Mark::Same => {
                    ends(&run.text, if at == 0 { 0 } else { CONTEXT }, if at == last { 0 } else { CONTEXT })
                }
                _ => ends(&run.text, LONGEST / 2, LONGEST / 2),
            };
            Piece { text: visible(&text), mark: run.mark }
        })
        .filter(|piece| !piece.text.is_empty())
        .collect()
}

/// The two ends of a text, `…` for what is between.
fn ends(text: &str, head: usize, tail: usize) -> String {
    let length = text.chars().count();
    if length <= head + tail + 2 {
        return text.to_owned();
    }
    let first = text.chars().take(head);
    first.chain(Some('…')).chain(text.chars().skip(length - tail)).collect()
}

/// Characters, but numbers and words of letters whole: 第二十二条 does not become 第二十四条 by a digit.
fn tokens(text: &str) -> Vec<&str> {
    let class = |c: char| match c {
        '0'..='9' => 1,
        'a'..='z' | 'A'..='Z' => 2,
        _ if "〇零一二三四五六七八九十百千".contains(c) => 3,
        _ => 0,
    };
    let mut out = Vec::new();
    let mut start = 0;
    let mut last = 0;
    for (at, c) in text.char_indices() {
        if at > start && (class(c) == 0 || class(c) != last) {
            out.push(&text[start..at]);
            start = at;
        }
        last = class(c);
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

fn runs(old: &[&str], new: &[&str]) -> Vec<Piece> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (gone, come) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut out = Vec::new();
    let mut add = |tokens: &[&str], mark| {
        if !tokens.is_empty() {
            out.push(Piece { text: tokens.concat(), mark });
        }
    };
    add(&old[..head], Mark::Same);
    if gone.len() + come.len() > COMPARED {
        add(gone, Mark::Gone);
        add(come, Mark::Come);
    } else {
        // As `similar::capture_diff_slices`, which brings all of its algorithms with it.
        let mut ops = Compact::new(Replace::new(Capture::new()), gone, come);
        let Ok(()) = myers::diff(&mut ops, gone, 0..gone.len(), come, 0..come.len());
        for op in ops.into_inner().into_inner().into_ops() {
            if let DiffOp::Equal { .. } = op {
                add(&gone[op.old_range()], Mark::Same);
            } else {
                add(&gone[op.old_range()], Mark::Gone);
                add(&come[op.new_range()], Mark::Come);
            }
        }
    }
    add(&old[old.len() - tail..], Mark::Same);
    out
}

/// Characters that two changes have in common by chance are no common text: what stayed is taken into
/// the changes beside it where it is short, or not longer than these.
fn join_small(runs: &mut Vec<Piece>) {
    let length = |text: &str| text.chars().count();
    // A run that stayed, and what went and came behind it.
    let mut blocks: Vec<[String; 3]> = Vec::new();
    for run in runs.drain(..) {
        let at = match run.mark {
            Mark::Same => 0,
            Mark::Gone => 1,
            Mark::Come => 2,
        };
        match blocks.last_mut() {
            Some(block) if at > 0 => block[at] += &run.text,
            _ => {
                let mut block = [const { String::new() }; 3];
                block[at] = run.text;
                blocks.push(block);
            }
        }
    }
    let mut at = 1;
    while at < blocks.len() {
        let changed = |block: &[String; 3]| length(&block[1]).max(length(&block[2]));
        let same = length(&blocks[at][0]);
        let before = changed(&blocks[at - 1]);
        let behind = changed(&blocks[at]);
        // Where a title or a bracket ends, an article begins: a change of its own.
        let ends_title = blocks[at][0].contains(['》', '）', ')']);
        let by_chance = same <= 2 || same <= before && same <= behind;
        if before > 0 && behind > 0 && by_chance && !ends_title {
            let [same, gone, come] = blocks.remove(at);
            blocks[at - 1][1] += &(same.clone() + &gone);
            blocks[at - 1][2] += &(same + &come);
            at = at.saturating_sub(1).max(1);
        } else {
            at += 1;
        }
    }
    for [same, gone, come] in blocks {
        for (text, mark) in [(same, Mark::Same), (gone, Mark::Gone), (come, Mark::Come)] {
            if !text.is_empty() {
                runs.push(Piece { text, mark });
            }
        }
    }
}

/// A text on one line: line ends as `⏎`, other control characters as what shows them.
pub(super) fn visible(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => '⏎',
            '\t' => ' ',
            '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{7f}'..='\u{9f}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// A cell on one line: its lines one after the other.
pub(super) fn one_line(cell: &str) -> String {
    let mut out = String::new();
    for line in cell.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() && !out.ends_with(['；', ';', '。', '，', '、']) {
            out.push('；');
        }
        out += &visible(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(before: &str, after: &str, extent: Extent) -> String {
        pieces(before, after, extent)
            .into_iter()
            .map(|piece| match piece.mark {
                Mark::Same => piece.text,
                Mark::Gone => format!("-{}-", piece.text),
                Mark::Come => format!("+{}+", piece.text),
            })
            .collect()
    }

    #[test]
    fn changed_characters_are_marked_and_numbers_whole() {
        let check = |a: &str, b: &str, marked: &str| assert_eq!(shown(a, b, Extent::Changed), marked);
        check("民办职业学校设立", "民办学校设立", "民办-职业-学校设立");
        check("《畜牧法》第二十二条", "《畜牧法》第二十四条", "《畜牧法》第-二十二-+二十四+条");
        check("20个工作日", "10个工作日", "-20-+10+个工作日");
        check("", "试点", "+试点+");
        check("甲", "甲", "甲");
        check(
            "《法》（2018年10月26日第三次修正）第二十七条",
            "《法》（2022年12月30日修订）第二十八条",
            "《法》（-2018年10月26日第三次修正-+2022年12月30日修订+）第-二十七-+二十八+条",
        );
        check("同级公安机关内", "实行告知承诺：当场", "-同级公安机关内-+实行告知承诺：当场+");
    }

    #[test]
    fn of_a_long_text_the_changes_are_shown_with_what_stands_beside() {
        let (a, b) = (format!("{0}旧{0}", "文".repeat(60)), format!("{0}新{0}", "文".repeat(60)));
        let beside = "文".repeat(12);
        assert_eq!(shown(&a, &b, Extent::Changed), format!("…{beside}-旧-+新+{beside}…"));
        assert!(!shown(&a, &b, Extent::Whole).contains('…'));
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_two_texts(a in "[甲乙丙一二12a]{0,14}", b in "[甲乙丙一二12a]{0,14}") {
            let pieces = pieces(&a, &b, Extent::Whole);
            let without = |mark| pieces.iter().filter(|p| p.mark != mark).map(|p| p.text.as_str()).collect::<String>();
            prop_assert_eq!(without(Mark::Come), a);
            prop_assert_eq!(without(Mark::Gone), b);
        }
    }
}
