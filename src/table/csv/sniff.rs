//! What a text looks like that is not in the encoding in which it was read.

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::error::Looks;

/// How much of a text is looked at.
const SAMPLE: usize = 64 << 10;

/// UTF-16 or UTF-32 by the byte order mark.
pub(crate) fn by_mark(bytes: &[u8]) -> Option<Looks> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some(Looks::Utf32),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some(Looks::Utf16),
        _ => None,
    }
}

/// UTF-16 or UTF-32 without a mark; `bytes` are the first of the file. ASCII has NULs there, and
/// every table has ASCII, if only separators and line ends.
pub(crate) fn wide(bytes: &[u8]) -> Option<Looks> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if sample.len() < 4 || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let mut units = sample.chunks_exact(4);
    if units.all(|unit| matches!(unit, [_, _, 0, 0] | [0, 0, _, _])) {
        return Some(Looks::Utf32);
    }
    let wide = [UTF_16LE, UTF_16BE].into_iter().any(|encoding| {
        let Some(text) = decode(encoding, sample) else {
            return false;
        };
        let (ascii, chinese, all) = count(&text);
        // Pairs of ASCII letters look like Chinese characters here; but then the ASCII that
        // there is comes from stray NULs alone, and is next to nothing.
        ascii * 100 >= all && (ascii + chinese) * 10 >= all * 9
    });
    wide.then_some(Looks::Utf16)
}

/// What a text is that is read as UTF-16, as far as it certainly is none; `bytes` are the first of the
/// file. UTF-16 of a table has NULs, those of its separators and line ends.
pub(crate) fn not_utf16(bytes: &[u8]) -> Option<Looks> {
    if let Some(Looks::Utf32) = by_mark(bytes).or_else(|| wide(bytes)) {
        return Some(Looks::Utf32);
    }
    if by_mark(bytes).is_some() || memchr::memchr(0, bytes).is_some() {
        return None;
    }
    let good = Encoding::utf8_valid_up_to(bytes);
    if !bytes.is_empty() && all_utf8(bytes) {
        return Some(Looks::Utf8);
    }
    gb18030(bytes, good).then_some(Looks::Gb18030)
}

/// The order of bytes of a text in UTF-16: by its mark, or the one that gives more characters which a
/// table has. Whether it is without an error does not count: a damaged file is read up to the damage.
pub(crate) fn order(bytes: &[u8]) -> &'static Encoding {
    match bytes {
        [0xFF, 0xFE, ..] => return UTF_16LE,
        [0xFE, 0xFF, ..] => return UTF_16BE,
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let [little, big] = [UTF_16LE, UTF_16BE].map(|encoding| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        // Turned round, letters are Chinese characters; nothing turns to ASCII but the few whose
        // lower byte is 0, 一 among them.
        let (ascii, chinese, _) = count(&text);
        ascii * 2 + chinese
    });
    if big > little { UTF_16BE } else { UTF_16LE }
}

/// How many characters are ASCII, how many are Chinese, and how many there are.
fn count(text: &str) -> (usize, usize, usize) {
    let (mut ascii, mut chinese, mut all) = (0, 0, 0);
    for c in text.chars() {
        all += 1;
        ascii += usize::from(matches!(c, '\t' | '\n' | '\r' | ' '..='~'));
        chinese += usize::from(is_chinese(c));
    }
    (ascii, chinese, all)
}

/// GB18030: it decodes without an error, and what is not ASCII is for the most part in two bytes
/// which are both high, where the characters of GB 2312 are. (Letters with accents of a Latin
/// encoding stand among ASCII, and so are none.) The byte at `bad` is the first that is not UTF-8.
pub(crate) fn gb18030(bytes: &[u8], bad: usize) -> bool {
    if sequences(&bytes[..bad]) >= 4 {
        // UTF-8 that was damaged.
        return false;
    }
    // A window may begin within a character, a line never does.
    let line = memchr::memrchr(b'\n', &bytes[..bad]).map_or(0, |at| at + 1);
    // Long lines: what is ASCII before the first other byte says nothing.
    let line = line + Encoding::ascii_valid_up_to(&bytes[line..]);
    let mut sample = &bytes[line..bytes.len().min(line + SAMPLE)];
    if decode(GB18030, sample).is_none() {
        return false;
    }
    let (mut common, mut other) = (0_usize, 0_usize);
    while let [lead, rest @ ..] = sample {
        sample = match (lead, rest) {
            (..=0x80, _) | (_, []) => rest,
            (0xA1..=0xF7, [0xA1..=0xFE, rest @ ..]) => {
                common += 1;
                rest
            }
            (_, [0x30..=0x39, _, _, rest @ ..] | [_, rest @ ..]) => {
                other += 1;
                rest
            }
        };
    }
    common > 0 && common >= other * 4
}

/// UTF-8 with Chinese characters in it; `bytes` are the first of the file. (A text in GB18030 may
/// be UTF-8 by chance, 食品 is; but with characters of three bytes?)
pub(crate) fn utf8(bytes: &[u8]) -> bool {
    bytes.starts_with("\u{FEFF}".as_bytes()) || (all_utf8(bytes) && sequences(bytes) >= 2)
}

/// UTF-8, but for a sequence that is cut at the end.
pub(crate) fn all_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// How many characters of three bytes a text has before the first byte that is not UTF-8. A text
/// in GB18030 has hardly any.
fn sequences(bytes: &[u8]) -> usize {
    let valid = Encoding::utf8_valid_up_to(bytes);
    let leads = |byte: &&u8| (0xE0..=0xEF).contains(*byte);
    bytes[..valid].iter().filter(leads).count()
}

/// The text, if it decodes without an error; what is cut at the end is left out.
fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len())?);
    let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, false);
    (result == DecoderResult::InputEmpty).then_some(text)
}

fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{2010}'..='\u{27BF}' | '\u{3000}'..='\u{303F}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{FEFF}'
        | '\u{20000}'..='\u{323AF}')
}
