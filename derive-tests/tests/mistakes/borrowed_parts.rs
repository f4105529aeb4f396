use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Fee<'a> {
    name: &'a str,
}

fn main() {}
