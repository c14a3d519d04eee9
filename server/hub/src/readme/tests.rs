use super::render;
#[test]
fn a() {
    println!("{}", render("# Hi"));
}
