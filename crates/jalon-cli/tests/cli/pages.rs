//! The commands of the README's section on the language print what stands there.

use std::path::Path;

use crate::folder::Folder;

/// The texts between fences of a language.
fn blocks<'t>(page: &'t str, lang: &str) -> Vec<&'t str> {
    let fence = format!("```{lang}\n");
    let after = page.split(fence.as_str()).skip(1);
    after.map(|rest| rest.split("\n```").next().unwrap()).collect()
}

#[test]
fn what_the_readme_shows_of_the_language_is_what_is_printed() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let section = readme.split("\n## A language people trust\n").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let folder = Folder::new();
    let program = format!("{}\n", blocks(section, "jalon")[0]);
    folder.write("interet.jalon", &program);
    folder.write("nouveau.jalon", program.replace("EST France, Monaco", "EST France"));
    let mut commands = 0;
    for example in blocks(section, "console")[0].split("$ jalon ").skip(1) {
        let (command, shown) = example.split_once('\n').unwrap();
        let ran = folder.run(&command.split_whitespace().collect::<Vec<_>>());
        let printed = format!("{}{}", ran.out, ran.err);
        assert_eq!(printed.trim(), shown.trim(), "{command}");
        commands += 1;
    }
    assert_eq!(commands, 4);
}
