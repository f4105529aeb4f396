//! What the programs that merge share: their options, what people decided, and the list that comes out.

use super::input::Input;
use super::output::{self, ListFormat};
use super::{By, Common, End, confidence, known, refuse, tell};
use qingdan::diff::{self, UnknownFields};
use qingdan::matching::{self, Decision};
use qingdan::merge::{MergedCatalogue, Policy, Resolution, Take};
use qingdan::report::{Colour, TextOptions};
use qingdan::value::Choice;
use qingdan::{AnyCatalogue, Header, Record as _, companion};
use std::path::{Path, PathBuf};

/// Options of merging.
#[derive(Clone, Debug, clap::Args)]
pub struct Merging {
    /// What people decided of clashes: a table or JSON (item, kind, field, choice, value, who, note)
    #[arg(long, value_name = "FILE")]
    pub resolutions: Option<PathBuf>,
    /// Write a resolutions file to fill in: a row for each clash that is left
    #[arg(long, value_name = "FILE")]
    pub to_resolve: Option<PathBuf>,
    /// Decides for this side what is left: the fields of --prefer-fields, or every clash
    #[arg(long, value_name = "SIDE")]
    pub prefer: Option<Prefer>,
    /// The fields that --prefer decides, separated by commas (extra columns by header)
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',', requires = "prefer")]
    pub prefer_fields: Vec<String>,
    /// What items are matched by: their codes, their names and content, or first the one and then the other
    #[arg(long = "match", value_name = "BY", default_value = "auto")]
    pub(crate) by: By,
    /// Links that are less sure are none: gone and new (0 to 1)
    #[arg(long, value_name = "X", default_value_t = matching::MIN_CONFIDENCE, value_parser = confidence)]
    pub min_confidence: f64,
    /// What people decided of links between the lists: a table or JSON (from, to, decision, …)
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
    #[command(flatten)]
    pub names: known::Names,
    /// Format of the report on standard output
    #[arg(long, value_name = "F", default_value = "text")]
    pub format: Format,
}

/// Format of a merge's report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// A side of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Prefer {
    /// The first list's
    Ours,
    /// The second list's
    Theirs,
}

impl Merging {
    /// The fields of --prefer-fields by name; refuses one that no list has: neither its kind, nor its header, nor, as an
    /// extra column, one of its items.
    pub fn fields(&self, lists: &[&AnyCatalogue]) -> anyhow::Result<Vec<String>> {
        let mut fields = Vec::new();
        for name in &self.prefer_fields {
            let mut meant: Vec<String> = Vec::new();
            for list in lists {
                let (fields, headers) = (list.kind().fields(), [list.header()]);
                let is_extra = |header: &str| known::is_extra(&[list], header);
                let of = diff::named_fields(std::slice::from_ref(name), fields, &headers, &is_extra);
                meant.extend(of.unwrap_or_default());
            }
            if Header::FIELDS.iter().any(|field| field.name == name) {
                meant.push(name.clone());
            }
            if meant.is_empty() {
                return Err(UnknownFields::new(vec![name.clone()]).into());
            }
            fields.append(&mut meant);
        }
        Ok(fields)
    }
    /// How items are matched.
    pub fn matching(&self, input: &Input, common: &Common) -> Result<matching::Options, End> {
        let mut options = matching::Options::default();
        options.aliases = self.names.read(input.encoding(), common.lang())?;
        options.by = self.by.into();
        options.min_confidence = self.min_confidence;
        Ok(options)
    }
    /// What people decided of links.
    pub fn decisions(&self, input: &Input, common: &Common) -> Result<Vec<Decision>, End> {
        match &self.decisions {
            Some(path) => known::read(path, input.encoding(), common.lang()),
            None => Ok(Vec::new()),
        }
    }
    /// What people decided of clashes.
    pub fn resolutions(&self, input: &Input, common: &Common) -> Result<Vec<Resolution>, End> {
        match &self.resolutions {
            Some(path) => known::read(path, input.encoding(), common.lang()),
            None => Ok(Vec::new()),
        }
    }
    /// What decides the rest of the clashes in these lists.
    pub fn policies(&self, lists: &[&AnyCatalogue]) -> anyhow::Result<Vec<Policy>> {
        let Some(prefer) = self.prefer else { return Ok(Vec::new()) };
        let side = match prefer {
            Prefer::Ours => Choice::Ours,
            Prefer::Theirs => Choice::Theirs,
        };
        Ok(vec![Policy::new(Take::Side(side)).for_fields(self.fields(lists)?)])
    }
    /// The merged list with what people and then --prefer decide.
    pub fn settled(
        &self,
        merged: &MergedCatalogue,
        input: &Input,
        common: &Common,
    ) -> Result<MergedCatalogue, End> {
        let (merged, problems) = merged.resolve(&self.resolutions(input, common)?);
        refuse(self.resolutions.as_deref(), problems, common.lang())?;
        let policies = self.policies(&[merged.list()])?;
        Ok(merged.follow(&policies))
    }
    /// Writes a file in which people decide what is left.
    pub fn write_to_resolve<'a>(
        &self,
        merged: impl Iterator<Item = &'a MergedCatalogue>,
    ) -> anyhow::Result<()> {
        let Some(path) = &self.to_resolve else { return Ok(()) };
        let rows: Vec<Resolution> =
            merged.flat_map(MergedCatalogue::conflicts).map(Resolution::to_decide).collect();
        output::write(Some(path), |to| companion::write_csv(&rows, to))
    }
}

/// Writes the list; a table that cannot hold the clashes that are left is refused.
pub fn write(
    merged: &MergedCatalogue,
    format: Option<ListFormat>,
    out: Option<&Path>,
    common: &Common,
) -> Result<(), End> {
    let open = !merged.conflicts().is_empty();
    match (format, out) {
        (Some(ListFormat::Csv), Some(out)) if open => {
            let out = out.display();
            let words = common.lang().pick(
                "有待定的冲突，表格不能保存冲突，未写出；请先定下冲突（--resolutions、--prefer），或写为 .json",
                "clashes are left, which no table holds: not written; decide them (--resolutions, --prefer), or write .json",
            );
            eprintln!("{out}: {words}");
            Ok(())
        }
        (Some(format), out) => write_list(merged, format, out, common),
        (None, _) => Ok(()),
    }
}

/// A list that is settled as any other, one that is not with its clashes.
pub fn write_list(
    merged: &MergedCatalogue,
    format: ListFormat,
    out: Option<&Path>,
    common: &Common,
) -> Result<(), End> {
    if merged.conflicts().is_empty() {
        tell(&output::write_list(merged.list(), format, out)?, common.lang());
    } else {
        output::write(out, |to| merged.write_json(to))?;
    }
    Ok(())
}

/// How text is written on standard output.
pub fn text_options(common: &Common) -> TextOptions {
    let mut options = TextOptions::default();
    options.lang = common.lang();
    options.colour = if common.color.on() { Colour::Ansi } else { Colour::Brackets };
    options
}
