//! Reports of differences, for people and for programs.
use crate::diff::Differences;
use crate::problem::Lang;
use std::io;
/// The format of a comparison's JSON.
pub const DIFF_FORMAT: &str = "qingdan/diff/1";
/// x
#[derive(Clone, Copy, Default)]
pub enum Colour {
    /// x
    #[default]
    None,
    /// x
    Ansi,
}
/// x
#[derive(Clone, Copy, Default)]
pub struct TextOptions {
    /// x
    pub lang: Lang,
    /// x
    pub colour: Colour,
}
/// x
pub fn text(_: &Differences, _: &TextOptions, _: impl io::Write) -> io::Result<()> {
    Ok(())
}
/// x
pub fn markdown(_: &Differences, _: Lang, _: impl io::Write) -> io::Result<()> {
    Ok(())
}
/// x
pub fn csv(_: &Differences, _: impl io::Write) -> io::Result<()> {
    Ok(())
}
/// x
pub fn json(_: &Differences, _: &impl serde::Serialize, _: impl io::Write) -> io::Result<()> {
    Ok(())
}
