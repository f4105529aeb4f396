use qingdan::Record;

#[derive(Record)]
union Fee {
    a: u32,
    b: i32,
}

fn main() {}
