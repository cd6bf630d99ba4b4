//! The examples of docs/en/guides/workflow.md, docs/en/guides/interop.md and of the README's section on the language,
//! run as they stand.

use std::path::Path;

use crate::folder::Folder;

/// The texts between fences of a language.
fn blocks<'t>(page: &'t str, lang: &str) -> Vec<&'t str> {
    let fence = format!("```{lang}\n");
    let after = page.split(fence.as_str()).skip(1);
    after.map(|rest| rest.split("\n```").next().unwrap()).collect()
}

#[test]
fn what_the_page_on_rules_shows_is_what_is_printed() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/en/guides/workflow.md");
    let page = std::fs::read_to_string(page).unwrap();
    let folder = Folder::new();
    let program = blocks(&page, "jalon")[0];
    folder.write("relance.jalon", format!("{program}\n"));
    folder.write("faux.jalon", program.replace("EST France", "EST Monaco"));
    folder.write("nouveau.jalon", program.replace("EST France", "EST France, Monaco"));
    folder.write("prospects.csv", "id,Nom,Pays\n1,Ferrand,France\n2,Leroy,Monaco\n3,Roux,Suisse\n");
    let events = blocks(&page, "json")[0];
    folder.write("events.ndjson", events);
    folder.write("accueil.jalon", blocks(&page, "jalon")[1]);
    folder.write("users.json", blocks(&page, "json")[2]);
    folder.write("nouveau.ndjson", r#"{"id": "e1", "type": "created", "record": {"id": 3, "Nom": "Ferrand", "Propriétaire": "Alice"}}"#);
    let (monday, tuesday) = events.rsplit_once('\n').unwrap();
    folder.write("monday.ndjson", monday);
    folder.write("tuesday.ndjson", tuesday);
    let mut commands = 0;
    for example in blocks(&page, "console").iter().flat_map(|block| block.split("$ jalon ").skip(1))
    {
        let (command, shown) = example.split_once('\n').unwrap_or((example, ""));
        let ran = folder.run(&command.split_whitespace().collect::<Vec<_>>());
        let printed = format!("{}{}", ran.out, ran.err);
        let timed = |line: &&str| line.trim() != "…" && !line.ends_with(" s");
        for part in shown.lines().filter(timed) {
            assert!(printed.lines().any(|line| line == part), "{command}: `{part}` in\n{printed}");
        }
        commands += 1;
    }
    assert_eq!(commands, 8);
}

#[test]
fn what_the_page_on_forms_shows_is_what_is_printed() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/en/guides/interop.md");
    let page = std::fs::read_to_string(page).unwrap();
    let folder = Folder::new();
    folder.write("query.json", blocks(&page, "json")[0]);
    let mut commands = 0;
    for example in blocks(&page, "console")[0].split("$ jalon ").skip(1) {
        let (command, shown) = example.split_once('\n').unwrap();
        // What stands between quotes is one argument.
        let mut arguments = Vec::new();
        for (i, part) in command.split('"').enumerate() {
            match i % 2 {
                0 => arguments.extend(part.split_whitespace()),
                _ => arguments.push(part),
            }
        }
        let ran = folder.run(&arguments);
        assert_eq!(ran.out.trim(), shown.trim(), "{command}: {}", ran.err);
        commands += 1;
    }
    assert_eq!(commands, 2);
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
