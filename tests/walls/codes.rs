//! Every code that a client can meet, with what people read. A code that was published is never renamed.

use tradehall::app::ErrorCode;
use tradehall_domain::language::Language;
use tradehall_domain::named::Named;
use tradehall_domain::problem::Code;

use crate::generated::snapshot;

#[test]
fn codes_and_sentences() {
    let mut text = "# Top-level errors, in `errors[].extensions.code`.\n".to_owned();
    for code in ErrorCode::ALL {
        text.push_str(&format!("{}\n", code.name()));
    }
    text.push_str("\n# User errors, in `userErrors[].code`: English, Vietnamese.\n");
    for code in Code::ALL {
        text.push_str(&format!(
            "{}\n  {}\n  {}\n",
            code.name(),
            code.sentence(Language::English),
            code.sentence(Language::Vietnamese)
        ));
    }
    snapshot("codes.txt", &text);
}

#[test]
fn every_code_speaks_both_languages() {
    for code in Code::ALL {
        let (english, vietnamese) = (code.sentence(Language::English), code.sentence(Language::Vietnamese));
        assert_ne!(english, vietnamese, "{}", code.name());
        for sentence in [english, vietnamese] {
            assert!(sentence.ends_with('.') && sentence.len() > 10, "{}: {sentence}", code.name());
        }
    }
}
