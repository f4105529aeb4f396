//! What a struct says of itself: its fields and the options on them. All mistakes are gathered.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, ExprLit, Fields, GenericParam, Generics, Ident, Lit, LitStr,
    Meta, Path, Result, Type, Visibility,
};

/// A struct that derives `Record`.
pub(crate) struct Model<'a> {
    pub(crate) vis: &'a Visibility,
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) name: String,
    pub(crate) kind: Option<LitStr>,
    /// Where the name is given.
    name_span: Span,
    pub(crate) doc: String,
    pub(crate) text: bool,
    pub(crate) atom: bool,
    /// Where it is said that any header row is right.
    pub(crate) any_header: Option<Span>,
    pub(crate) key_with: Option<Path>,
    pub(crate) cut_with: Option<Path>,
    pub(crate) joint: Option<LitStr>,
    pub(crate) order_with: Option<Path>,
    pub(crate) normal_with: Option<Path>,
    pub(crate) fields: Vec<Field<'a>>,
}

/// One of its fields.
#[allow(clippy::struct_excessive_bools, reason = "each flag is an option of its own")]
pub(crate) struct Field<'a> {
    pub(crate) index: usize,
    pub(crate) vis: &'a Visibility,
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) key: bool,
    pub(crate) columns: Vec<Headers>,
    pub(crate) ticks: Vec<Headers>,
    pub(crate) spread: Option<Path>,
    pub(crate) read: Option<Path>,
    pub(crate) identity: bool,
    pub(crate) reference: bool,
    pub(crate) lower: Option<Path>,
    pub(crate) apart: bool,
    pub(crate) position: bool,
    pub(crate) adjusts: Option<Ident>,
}

/// Headers of columns, where they are said.
pub(crate) enum Headers {
    /// In the field's own attribute.
    Own(Vec<LitStr>),
    /// In a constant that fields share.
    Shared(Path),
}

impl Headers {
    fn own(&self) -> &[LitStr] {
        match self {
            Self::Own(headers) => headers,
            Self::Shared(_) => &[],
        }
    }
}

/// Mistakes, gathered before anything stops.
#[derive(Default)]
pub(crate) struct Mistakes(Option<Error>);

impl Mistakes {
    pub(crate) fn add(&mut self, error: Error) {
        match &mut self.0 {
            Some(all) => all.combine(error),
            None => self.0 = Some(error),
        }
    }
    fn at(&mut self, span: Span, message: &str) {
        self.add(Error::new(span, message));
    }
    /// The value, if nothing was wrong.
    pub(crate) fn or<T>(self, value: T) -> Result<T> {
        self.0.map_or(Ok(value), Err)
    }
    /// Reads the options of the attribute `name`; the others are still read where one is wrong.
    pub(crate) fn options(
        &mut self,
        attrs: &[Attribute],
        name: &str,
        mut option: impl FnMut(&ParseNestedMeta<'_>) -> Result<()>,
    ) {
        for attr in attrs.iter().filter(|attr| attr.path().is_ident(name)) {
            let rest = attr.parse_nested_meta(|meta| {
                if let Err(error) = option(&meta) {
                    self.add(error);
                    // To the next option.
                    while !meta.input.is_empty() && !meta.input.peek(syn::Token![,]) {
                        meta.input.parse::<proc_macro2::TokenTree>()?;
                    }
                }
                Ok(())
            });
            if let Err(error) = rest {
                self.add(error);
            }
        }
    }
}

/// A name in schemas that can be told from the numbers which schemas give themselves.
pub(crate) fn check_name(name: &str, span: Span, attribute: &str, mistakes: &mut Mistakes) {
    if name.ends_with(|c: char| c.is_ascii_digit()) {
        mistakes.at(
            span,
            &format!("a name that ends in a digit is lost among schemas' own numbers: give another with `#[{attribute}(name = \"…\")]`"),
        );
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
            name_span: input.ident.span(),
            doc: documentation(&input.attrs),
            text: false,
            atom: false,
            any_header: None,
            key_with: None,
            cut_with: None,
            joint: None,
            order_with: None,
            normal_with: None,
            fields: Vec::new(),
        };
        mistakes.options(&input.attrs, "record", |meta| model.option(meta));
        for parameter in &input.generics.params {
            if let GenericParam::Lifetime(lifetime) = parameter {
                mistakes
                    .add(Error::new_spanned(lifetime, "a record owns what it holds: it has no lifetimes"));
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
            if let Some(field) = Field::read(field, model.fields.len(), &mut mistakes) {
                model.fields.push(field);
            }
        }
        model.check(&mut mistakes);
        mistakes.or(model)
    }

    fn option(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let path = &meta.path;
        if path.is_ident("name") {
            let name: LitStr = meta.value()?.parse()?;
            self.name = name.value();
            self.name_span = name.span();
        } else if path.is_ident("kind") {
            self.kind = Some(meta.value()?.parse()?);
        } else if path.is_ident("text") {
            self.text = true;
        } else if path.is_ident("atom") {
            self.atom = true;
        } else if path.is_ident("any_header") {
            self.any_header = path.get_ident().map(Ident::span);
        } else if path.is_ident("key_with") {
            self.key_with = Some(meta.value()?.parse()?);
        } else if path.is_ident("cut_with") {
            self.cut_with = Some(meta.value()?.parse()?);
        } else if path.is_ident("joint") {
            self.joint = Some(meta.value()?.parse()?);
        } else if path.is_ident("order_with") {
            self.order_with = Some(meta.value()?.parse()?);
        } else if path.is_ident("normal_with") {
            self.normal_with = Some(meta.value()?.parse()?);
        } else {
            return Err(meta.error(
                "a record knows `name = \"…\"`, `kind = \"…\"`, `any_header`, `text`, `atom`, `key_with = path`, `normal_with = path`, `cut_with = path`, `joint = \"…\"` and `order_with = path`",
            ));
        }
        flag_alone(meta, &["text", "atom", "any_header"])
    }

    fn check(&self, mistakes: &mut Mistakes) {
        check_name(&self.name, self.name_span, "record", mistakes);
        if self.atom && !self.text {
            mistakes.at(self.ident.span(), "`atom` needs `text`: `Display` and `FromStr` give the cell");
        }
        if self.normal_with.is_some() && !self.atom {
            mistakes
                .at(self.ident.span(), "`normal_with` is for a record that is replaced whole: add `atom`");
        }
        for (option, span) in
            [("kind", self.kind.as_ref().map(LitStr::span)), ("any_header", self.any_header)]
        {
            if let Some(span) = span.filter(|_| !self.is_item()) {
                mistakes.at(
                    span,
                    &format!("`{option}` is of an item, which has the fields `id` (marked `#[record(key)]`) and `name`"),
                );
            }
        }
        let is_entry = self.key_with.is_some() || self.fields.iter().any(|f| f.key);
        if !is_entry && (self.cut_with.is_some() || self.joint.is_some() || self.order_with.is_some()) {
            mistakes.at(self.ident.span(), "`cut_with`, `joint` and `order_with` are for entries of a list: mark the field that tells them apart with `#[record(key)]`");
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
        for field in self.fields.iter().filter(|f| f.read.is_some() && f.columns.is_empty()) {
            mistakes
                .at(field.ident.span(), "`read` reads a column's cell: name its header with `column(\"…\")`");
        }
        if let Some(second) = self.fields.iter().filter(|f| f.reference).nth(1) {
            mistakes.at(second.ident.span(), "one field at most is the `reference` to another entry");
        }
        let mut seen: Vec<(String, &str)> = Vec::new();
        for field in &self.fields {
            for header in field.columns.iter().chain(&field.ticks).flat_map(Headers::own) {
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

    pub(crate) fn is_item(&self) -> bool {
        self.field("id").is_some_and(|id| id.key) && self.field("name").is_some()
    }
    pub(crate) fn field(&self, name: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|f| f.name == name)
    }
    /// Whether any header is said elsewhere: only the compiler knows it then.
    pub(crate) fn shares_headers(&self) -> bool {
        let shared = |headers: &Headers| matches!(headers, Headers::Shared(_));
        self.fields.iter().any(|f| f.spread.is_some() || f.columns.iter().chain(&f.ticks).any(shared))
    }
    pub(crate) fn compared(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|f| !f.apart)
    }
}

impl<'a> Field<'a> {
    fn read(field: &'a syn::Field, index: usize, mistakes: &mut Mistakes) -> Option<Self> {
        let ident = field.ident.as_ref()?;
        let mut out = Self {
            index,
            vis: &field.vis,
            ident,
            ty: &field.ty,
            name: ident.unraw().to_string(),
            doc: documentation(&field.attrs),
            key: false,
            columns: Vec::new(),
            ticks: Vec::new(),
            spread: None,
            read: None,
            identity: false,
            reference: false,
            lower: None,
            apart: false,
            position: false,
            adjusts: None,
        };
        mistakes.options(&field.attrs, "record", |meta| out.option(meta));
        Some(out)
    }

    fn option(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let path = &meta.path;
        if path.is_ident("key") {
            self.key = true;
        } else if path.is_ident("column") {
            self.columns.push(Headers::Own(headers(meta)?));
        } else if path.is_ident("columns") {
            if !meta.input.peek(syn::Token![=]) {
                return Err(meta.error(
                    "`columns = path` names headers in a constant; the field's own are `column(\"…\")`",
                ));
            }
            self.columns.push(Headers::Shared(meta.value()?.parse()?));
        } else if path.is_ident("ticks") {
            self.ticks.push(if meta.input.peek(syn::Token![=]) {
                Headers::Shared(meta.value()?.parse()?)
            } else {
                Headers::Own(headers(meta)?)
            });
        } else if path.is_ident("spread") {
            self.spread = Some(meta.value()?.parse()?);
        } else if path.is_ident("read") {
            self.read = Some(meta.value()?.parse()?);
        } else if path.is_ident("identity") {
            self.identity = true;
        } else if path.is_ident("reference") {
            self.reference = true;
        } else if path.is_ident("lower") {
            self.lower = Some(meta.value()?.parse()?);
        } else if path.is_ident("apart") {
            self.apart = true;
        } else if path.is_ident("adjusts") {
            self.adjusts = Some(meta.value()?.parse()?);
        } else if path.is_ident("position") {
            self.position = true;
        } else {
            return Err(meta.error(
                "a field knows `key`, `column(\"…\")`, `columns = path`, `ticks(\"…\")`, `ticks = path`, `spread = path`, `read = path`, `identity`, `reference`, `lower = path`, `adjusts = Kind`, `position` and `apart`",
            ));
        }
        flag_alone(meta, &["key", "identity", "reference", "apart", "position"])
    }
}

/// A flag takes no value.
fn flag_alone(meta: &ParseNestedMeta<'_>, flags: &[&str]) -> Result<()> {
    if flags.iter().any(|flag| meta.path.is_ident(flag))
        && !(meta.input.is_empty() || meta.input.peek(syn::Token![,]))
    {
        return Err(meta.error("this option takes no value"));
    }
    Ok(())
}

/// The texts in brackets behind an option; none of them is empty.
fn headers(meta: &ParseNestedMeta<'_>) -> Result<Vec<LitStr>> {
    let content;
    syn::parenthesized!(content in meta.input);
    let headers = content.parse_terminated(<LitStr as syn::parse::Parse>::parse, syn::Token![,])?;
    if headers.is_empty() {
        return Err(meta.error("name at least one header"));
    }
    match headers.iter().find(|header| header.value().trim().is_empty()) {
        Some(header) => Err(Error::new(header.span(), "a header is no empty text")),
        None => Ok(headers.into_iter().collect()),
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
