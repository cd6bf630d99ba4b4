//! The pictures of the tutorial are those of the blueprints on its pages.

use jalon::{Lang, Program};
use jalon_docs::books;
use jalon_docs::page::Page;

#[test]
fn the_tutorial_shows_the_blueprint_that_it_writes() {
    let root = books::root();
    let pictures = [
        ("docs/en/tutorial/blueprint.md", "deals.jalon", Lang::En, "docs/pictures/rental.svg"),
        (
            "docs/fr/tutorial/blueprint.md",
            "affaires.jalon",
            Lang::Fr,
            "docs/pictures/rental.fr.svg",
        ),
    ];
    for (page, file, lang, picture) in pictures {
        let page = Page::read(&root, page).unwrap();
        let block = page.blocks.iter().find(|block| block.file.as_deref() == Some(file)).unwrap();
        let drawn = Program::parse(&block.text).unwrap().picture(None).unwrap().svg(lang);
        let path = root.join(picture);
        if std::env::var_os("JALON_BLESS").is_some() {
            std::fs::write(&path, &drawn).unwrap();
        }
        let shown = std::fs::read_to_string(&path).unwrap();
        assert!(shown == drawn, "{picture} is not what {file} gives: JALON_BLESS=1 draws it");
    }
}
