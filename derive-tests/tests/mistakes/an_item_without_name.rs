use qingdan::{Catalogue, Record};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Fee {
    #[record(key)]
    id: String,
}

fn main() {
    let _ = Catalogue::<Fee>::default();
}
