//! Every code that a rule can answer with, and its sentence in each language. A code, once published, keeps its meaning.

use crate::language::Language;

macro_rules! codes {
    ($($variant:ident $name:literal $english:literal $vietnamese:literal)*) => {
        /// The stable code of a broken rule. A client that meets a code it does not know shows the message.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(
                #[doc = $english]
                $variant,
            )*
        }

        impl Code {
            /// Every code, in the order of this file.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name on the wire.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The sentence for people; `{…}` are figures that the problem carries.
            #[must_use]
            pub const fn sentence(self, language: Language) -> &'static str {
                match language {
                    Language::English => match self { $(Self::$variant => $english),* },
                    Language::Vietnamese => match self { $(Self::$variant => $vietnamese),* },
                }
            }
        }
    };
}

codes! {
    // Shared: what any field can be wrong with.
    Invalid "INVALID" "This value is not valid." "Giá trị này không hợp lệ."
    Required "REQUIRED" "A value is required here." "Cần có giá trị ở đây."
    TooShort "TOO_SHORT" "At least {min} characters are needed." "Cần ít nhất {min} ký tự."
    TooLong "TOO_LONG" "At most {max} characters are allowed." "Tối đa {max} ký tự."
    TooFew "TOO_FEW" "At least {min} entries are needed." "Cần ít nhất {min} mục."
    TooMany "TOO_MANY" "At most {max} entries are allowed." "Tối đa {max} mục."
    ControlCharacter "CONTROL_CHARACTER" "Control characters are not allowed in this text." "Không được dùng ký tự điều khiển trong văn bản này."
    Duplicate "DUPLICATE" "This entry stands twice." "Mục này bị lặp lại."
    NotFound "NOT_FOUND" "Nothing with this id can be seen from here." "Không tìm thấy đối tượng với mã này."
    Stale "STALE" "Someone changed this since you read it; read it again." "Dữ liệu đã bị thay đổi sau khi bạn đọc; hãy đọc lại."
    InPast "IN_PAST" "This time has passed." "Thời điểm này đã qua."
    TooFar "TOO_FAR" "This time is more than {max} days ahead." "Thời điểm này xa hơn {max} ngày."
}

#[cfg(test)]
mod tests {
    use super::Code;
    use crate::language::Language;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_sentences_agree_on_their_figures() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            let figures = |language| -> BTreeSet<String> {
                let mut found = BTreeSet::new();
                let mut rest: &str = code.sentence(language);
                while let Some((_, tail)) = rest.split_once('{') {
                    let Some((figure, tail)) = tail.split_once('}') else { break };
                    found.insert(figure.to_owned());
                    rest = tail;
                }
                found
            };
            assert_eq!(figures(Language::English), figures(Language::Vietnamese), "{}", code.name());
        }
    }
}
