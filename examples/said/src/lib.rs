//! What the example programs say when they end early, in the language of who reads it.
//!
//! A crate of its own for the reason that `qingdan-progress` gives: what the library depends on is compiled first.

use qingdan::diff::UnknownFields;
use qingdan::kind::{DifferentKinds, Unfinished};
use qingdan::problem::{Lang, Message};
use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;

/// Why a program ends, in both languages until it is known in which it is said, and what is behind it.
#[derive(Debug)]
pub struct Said {
    message: Message,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.en)
    }
}

impl Error for Said {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

impl From<Message> for Said {
    fn from(message: Message) -> Self {
        Self { message, source: None }
    }
}

impl Said {
    /// The same with what is behind it.
    #[must_use]
    pub fn because(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..self }
    }
    /// The same with what it is about in front.
    #[must_use]
    pub fn before(self, what: &str) -> Self {
        let Message { zh, en, .. } = self.message;
        Self { message: Message::new(format!("{what}：{zh}"), format!("{what}: {en}")), ..self }
    }
}

/// An error of these words.
pub fn said(zh: impl Into<String>, en: impl Into<String>) -> Said {
    Said { message: Message::new(zh, en), source: None }
}

/// An error of these words about a file.
pub fn said_of(path: impl AsRef<Path>, zh: &str, en: &str) -> Said {
    said(zh, en).before(&path.as_ref().to_string_lossy())
}

/// An ending of an output's name that says none of these formats.
pub fn no_format(ending: &str, known: &[&str]) -> Said {
    said(
        format!("结尾 .{ending} 不是已知的格式；请用 --format 指明，可为 {}", known.join("、")),
        format!("no format is known by the ending .{ending}; say --format, one of {}", known.join(", ")),
    )
}

/// A result whose error is told with the file that it is about.
pub trait About<T> {
    /// The error with this file and these words in front.
    ///
    /// # Errors
    ///
    /// Where there was one.
    fn about(self, path: impl AsRef<Path>, zh: &str, en: &str) -> Result<T, Said>;
}

impl<T, E: Into<Box<dyn Error + Send + Sync>>> About<T> for Result<T, E> {
    fn about(self, path: impl AsRef<Path>, zh: &str, en: &str) -> Result<T, Said> {
        self.map_err(|error| said_of(path, zh, en).because(error))
    }
}

/// An error with all that is behind it, in a language.
pub fn in_words(error: &anyhow::Error, lang: Lang) -> String {
    let parts: Vec<String> = error.chain().map(|part| one(part, lang)).collect();
    parts.join(lang.pick("：", ": "))
}

/// One error of a chain. Those of the system are known by their kind.
fn one(error: &(dyn Error + 'static), lang: Lang) -> String {
    if let Some(said) = error.downcast_ref::<Said>() {
        return said.message.text(lang).to_owned();
    }
    let unfinished = error.downcast_ref::<Unfinished>().and_then(|error| match error {
        Unfinished::DifferentKinds(kinds) => Some(kinds),
        _ => None,
    });
    if let Some(kinds) = error.downcast_ref::<DifferentKinds>().or(unfinished) {
        return kinds.message().text(lang).to_owned();
    }
    if let Some(unknown) = error.downcast_ref::<UnknownFields>() {
        return unknown.message().text(lang).to_owned();
    }
    // One with words of its own is told by these.
    let io = error.downcast_ref::<io::Error>().filter(|error| lang == Lang::Zh && error.get_ref().is_none());
    let zh = io.and_then(|error| match error.kind() {
        io::ErrorKind::NotFound => Some("没有这个文件或文件夹"),
        io::ErrorKind::PermissionDenied => Some("没有权限"),
        io::ErrorKind::StorageFull => Some("磁盘已满"),
        io::ErrorKind::ReadOnlyFilesystem => Some("文件系统只读"),
        io::ErrorKind::IsADirectory => Some("这是文件夹，不是文件"),
        io::ErrorKind::NotADirectory => Some("路径中有一段不是文件夹"),
        io::ErrorKind::InvalidData => Some("文件内容不是文本（UTF-8）"),
        _ => None,
    });
    zh.map_or_else(|| error.to_string(), str::to_owned)
}
