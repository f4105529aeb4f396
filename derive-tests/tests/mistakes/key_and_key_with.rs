use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(key_with = key_of)]
struct Fee {
    #[record(key)]
    id: String,
}

fn key_of(fee: &Fee) -> std::borrow::Cow<'_, str> {
    (&*fee.id).into()
}

fn main() {}
