//! What a struct says of itself: its fields and the options on them. All mistakes are gathered.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, ExprLit, Fields, Generics, Ident, Lit, LitStr, Meta, Path,
    Result, Type, Visibility,
};

/// A struct that derives `Record`.
pub(crate) struct Model<'a> {
    pub(crate) vis: &'a Visibility,
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) name: String,
    pub(crate) kind: Option<String>,
    pub(crate) doc: String,
    pub(crate) text: bool,
    pub(crate) atom: bool,
    pub(crate) key_with: Option<Path>,
    pub(crate) cut_with: Option<Path>,
    pub(crate) joint: Option<LitStr>,
    pub(crate) normal_with: Option<Path>,
    pub(crate) fields: Vec<Field<'a>>,
}

/// One of its fields.
pub(crate) struct Field<'a> {
    pub(crate) index: usize,
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) key: bool,
    pub(crate) columns: Vec<LitStr>,
    pub(crate) ticks: Vec<LitStr>,
    pub(crate) read: Option<Path>,
    pub(crate) identity: bool,
    pub(crate) reference: bool,
    pub(crate) lower: Option<Path>,
    pub(crate) apart: bool,
    pub(crate) position: bool,
    pub(crate) adjusts: Option<Ident>,
}

/// Mistakes, gathered before anything stops.
#[derive(Default)]
struct Mistakes(Option<Error>);

impl Mistakes {
    fn add(&mut self, error: Error) {
        match &mut self.0 {
            Some(all) => all.combine(error),
            None => self.0 = Some(error),
        }
    }
    fn at(&mut self, span: Span, message: &str) {
        self.add(Error::new(span, message));
    }
}

impl<'a> Model<'a> {
    pub(crate) fn read(input: &'a DeriveInput) -> Result<Self> {
        let mut mistakes = Mistakes::default();
        let mut model = Self {
            vis: &input.vis,
            ident: &input.ident,
            generics: &input.generics,
            name: input.ident.unraw().to_string(),
            kind: None,
            doc: documentation(&input.attrs),
            text: false,
            atom: false,
            key_with: None,
            cut_with: None,
            joint: None,
            normal_with: None,
            fields: Vec::new(),
        };
        for attr in input.attrs.iter().filter(|a| a.path().is_ident("record")) {
            if let Err(error) = model.option(attr) {
                mistakes.add(error);
            }
        }
        let fields = match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) => Some(&fields.named),
                Fields::Unit => None,
                Fields::Unnamed(fields) => {
                    mistakes.add(Error::new_spanned(
                        fields,
                        "a record has named fields; derive `Atom` for a type that is replaced whole",
                    ));
                    None
                }
            },
            Data::Enum(data) => {
                mistakes.at(
                    data.enum_token.span,
                    "a record is a struct; derive `Atom` for a type that is replaced whole",
                );
                None
            }
            Data::Union(data) => {
                mistakes.at(data.union_token.span, "a record is a struct");
                None
            }
        };
        for field in fields.into_iter().flatten() {
            match Field::read(field, model.fields.len()) {
                Ok(field) => model.fields.push(field),
                Err(error) => mistakes.add(error),
            }
        }
        model.check(&mut mistakes);
        mistakes.0.map_or(Ok(model), Err)
    }

    fn option(&mut self, attr: &Attribute) -> Result<()> {
        attr.parse_nested_meta(|meta| {
            let path = &meta.path;
            if path.is_ident("name") {
                self.name = meta.value()?.parse::<LitStr>()?.value();
            } else if path.is_ident("kind") {
                self.kind = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if path.is_ident("text") {
                self.text = true;
            } else if path.is_ident("atom") {
                self.atom = true;
            } else if path.is_ident("key_with") {
                self.key_with = Some(meta.value()?.parse()?);
            } else if path.is_ident("cut_with") {
                self.cut_with = Some(meta.value()?.parse()?);
            } else if path.is_ident("joint") {
                self.joint = Some(meta.value()?.parse()?);
            } else if path.is_ident("normal_with") {
                self.normal_with = Some(meta.value()?.parse()?);
            } else {
                return Err(meta.error(
                    "a record knows `name = \"…\"`, `kind = \"…\"`, `text`, `atom`, `key_with = path`, `normal_with = path`, `cut_with = path` and `joint = \"…\"`",
                ));
            }
            Ok(())
        })
    }

    fn check(&self, mistakes: &mut Mistakes) {
        if self.name.ends_with(|c: char| c.is_ascii_digit()) {
            mistakes.at(self.ident.span(), "a name that ends in a digit is lost among schemas' own numbers: give another with `#[record(name = \"…\")]`");
        }
        if self.atom && !self.text {
            mistakes.at(self.ident.span(), "`atom` needs `text`: `Display` and `FromStr` give the cell");
        }
        if self.normal_with.is_some() && !self.atom {
            mistakes
                .at(self.ident.span(), "`normal_with` is for a record that is replaced whole: add `atom`");
        }
        let keys: Vec<&Field<'_>> = self.fields.iter().filter(|f| f.key).collect();
        if let [_, second, ..] = keys[..] {
            mistakes.at(second.ident.span(), "one field is the key; give the function that makes one of several with `#[record(key_with = path)]`");
        }
        if let (Some(key), Some(_)) = (keys.first(), &self.key_with) {
            mistakes.at(key.ident.span(), "the key is a field or a function, not both");
        }
        for field in self.fields.iter().filter(|f| f.apart) {
            if field.key || field.identity || field.reference || field.lower.is_some() {
                mistakes.at(field.ident.span(), "a field that stands apart takes part in nothing else");
            }
        }
        let mut seen: Vec<(String, &str)> = Vec::new();
        for field in &self.fields {
            for header in field.columns.iter().chain(&field.ticks) {
                let squeezed: String = header.value().split_whitespace().collect();
                match seen.iter().find(|(h, _)| *h == squeezed) {
                    Some((_, other)) => mistakes.add(Error::new(
                        header.span(),
                        format!("this header already names the field `{other}`"),
                    )),
                    None => seen.push((squeezed, &field.name)),
                }
            }
        }
    }

    pub(crate) fn field(&self, name: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|f| f.name == name)
    }
    pub(crate) fn compared(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|f| !f.apart)
    }
}

impl<'a> Field<'a> {
    fn read(field: &'a syn::Field, index: usize) -> Result<Self> {
        let Some(ident) = &field.ident else {
            return Err(Error::new_spanned(field, "a record has named fields"));
        };
        let mut out = Self {
            index,
            ident,
            ty: &field.ty,
            name: ident.unraw().to_string(),
            doc: documentation(&field.attrs),
            key: false,
            columns: Vec::new(),
            ticks: Vec::new(),
            read: None,
            identity: false,
            reference: false,
            lower: None,
            apart: false,
            position: false,
            adjusts: None,
        };
        for attr in field.attrs.iter().filter(|a| a.path().is_ident("record")) {
            attr.parse_nested_meta(|meta| {
                let path = &meta.path;
                let texts = || -> Result<Vec<LitStr>> {
                    let content;
                    syn::parenthesized!(content in meta.input);
                    let texts = content.parse_terminated(<LitStr as syn::parse::Parse>::parse, syn::Token![,])?;
                    if texts.is_empty() {
                        return Err(meta.error("name at least one header"));
                    }
                    Ok(texts.into_iter().collect())
                };
                if path.is_ident("key") {
                    out.key = true;
                } else if path.is_ident("column") {
                    out.columns = texts()?;
                } else if path.is_ident("ticks") {
                    out.ticks = texts()?;
                } else if path.is_ident("read") {
                    out.read = Some(meta.value()?.parse()?);
                } else if path.is_ident("identity") {
                    out.identity = true;
                } else if path.is_ident("reference") {
                    out.reference = true;
                } else if path.is_ident("lower") {
                    out.lower = Some(meta.value()?.parse()?);
                } else if path.is_ident("apart") {
                    out.apart = true;
                } else if path.is_ident("adjusts") {
                    out.adjusts = Some(meta.value()?.parse()?);
                } else if path.is_ident("position") {
                    out.position = true;
                } else {
                    return Err(meta.error(
                        "a field knows `key`, `column(\"…\")`, `ticks(\"…\")`, `read = path`, `identity`, `reference`, `lower = path`, `adjusts = Kind`, `position` and `apart`",
                    ));
                }
                Ok(())
            })?;
        }
        Ok(out)
    }
}

/// The text of the documentation comments, its first paragraph in one line.
fn documentation(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter(|a| a.path().is_ident("doc")).filter_map(|a| match &a.meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
