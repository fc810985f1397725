//! What mails say, in English and Vietnamese.

use tradehall_domain::identity::{RESET_MINUTES, VERIFICATION_HOURS};
use tradehall_domain::language::Language;
use tradehall_domain::mail::{Letter, Mail};

/// A mail in words.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// The subject.
    pub subject: String,
    /// The text; it is plain, so nothing that a name holds becomes markup.
    pub body: String,
}

/// The words of `mail`, whose links begin with `links`; none where there is nothing to say. Tokens stand after `#`, which browsers
/// keep to themselves: no log of any server on the way holds them.
#[must_use]
pub fn words(mail: &Mail, links: &str) -> Option<Words> {
    let (subject, body) = match mail.language {
        Language::English => english(&mail.letter, links)?,
        Language::Vietnamese => vietnamese(&mail.letter, links)?,
    };
    Some(Words { subject, body })
}

fn english(letter: &Letter, links: &str) -> Option<(String, String)> {
    Some(match letter {
        Letter::ConfirmAddress { full_name, token } => (
            "Confirm your e-mail address".to_owned(),
            format!(
                "Hello {full_name},\n\nto open your account and choose its password, follow this link within \
                 {VERIFICATION_HOURS} hours:\n\n\
                 {links}/confirm-address#token={token}\n\n\
                 If you did not sign up, do nothing: without the link there is no account.\n"
            ),
        ),
        Letter::AddressHasAccount => (
            "You have an account already".to_owned(),
            format!(
                "Hello,\n\nsomebody signed up with this e-mail address, which has an account already. Nothing was \
                 changed.\n\nIf it was you, sign in: {links}/sign-in\nor choose a new password: \
                 {links}/forgot-password\n\nIf it was not, you need not do anything.\n"
            ),
        ),
        Letter::ResetPassword { token } => (
            "Choose a new password".to_owned(),
            format!(
                "Hello,\n\nto choose a new password, follow this link within {RESET_MINUTES} minutes:\n\n\
                 {links}/reset-password#token={token}\n\n\
                 If you did not ask for it, do nothing: the present password stays.\n"
            ),
        ),
        Letter::PasswordChanged => (
            "Your password was changed".to_owned(),
            format!(
                "Hello,\n\nthe password of your account was changed, and other devices were signed out.\n\nIf it was not \
                 you, choose a new one at once: {links}/forgot-password\n"
            ),
        ),
        Letter::Invitation { organization, inviter, token } => (
            format!("{organization} invites you"),
            format!(
                "Hello,\n\n{inviter} asks you to join {organization}. To accept, follow this link:\n\n\
                 {links}/invitation#token={token}\n\n\
                 If you do not know them, do nothing.\n"
            ),
        ),
        Letter::Nothing => return None,
    })
}

fn vietnamese(letter: &Letter, links: &str) -> Option<(String, String)> {
    Some(match letter {
        Letter::ConfirmAddress { full_name, token } => (
            "Xác nhận địa chỉ email của bạn".to_owned(),
            format!(
                "Xin chào {full_name},\n\nđể mở tài khoản và chọn mật khẩu, hãy mở liên kết này trong vòng {VERIFICATION_HOURS} giờ:\n\n\
                 {links}/confirm-address#token={token}\n\n\
                 Nếu bạn không đăng ký, bạn không cần làm gì: không có liên kết này thì không có tài khoản nào được mở.\n"
            ),
        ),
        Letter::AddressHasAccount => (
            "Bạn đã có tài khoản".to_owned(),
            format!(
                "Xin chào,\n\ncó người đăng ký bằng địa chỉ email này, nhưng địa chỉ đã có tài khoản. Không có gì thay \
                 đổi.\n\nNếu đó là bạn, hãy đăng nhập: {links}/sign-in\nhoặc chọn mật khẩu mới: \
                 {links}/forgot-password\n\nNếu không phải bạn, bạn không cần làm gì.\n"
            ),
        ),
        Letter::ResetPassword { token } => (
            "Chọn mật khẩu mới".to_owned(),
            format!(
                "Xin chào,\n\nđể chọn mật khẩu mới, hãy mở liên kết này trong vòng {RESET_MINUTES} phút:\n\n\
                 {links}/reset-password#token={token}\n\n\
                 Nếu bạn không yêu cầu, bạn không cần làm gì: mật khẩu hiện tại vẫn giữ nguyên.\n"
            ),
        ),
        Letter::PasswordChanged => (
            "Mật khẩu của bạn đã được thay đổi".to_owned(),
            format!(
                "Xin chào,\n\nmật khẩu tài khoản của bạn đã được thay đổi và các thiết bị khác đã bị đăng xuất.\n\nNếu \
                 không phải bạn, hãy chọn mật khẩu mới ngay: {links}/forgot-password\n"
            ),
        ),
        Letter::Invitation { organization, inviter, token } => (
            format!("{organization} mời bạn tham gia"),
            format!(
                "Xin chào,\n\n{inviter} mời bạn tham gia {organization}. Để đồng ý, hãy mở liên kết này:\n\n\
                 {links}/invitation#token={token}\n\n\
                 Nếu bạn không biết họ, bạn không cần làm gì.\n"
            ),
        ),
        Letter::Nothing => return None,
    })
}

#[cfg(test)]
mod tests {
    use tradehall_domain::email::Email;
    use tradehall_domain::language::Language;
    use tradehall_domain::mail::{Letter, Mail};
    use tradehall_domain::named::Named;
    use tradehall_domain::text::Name;

    use super::words;

    #[test]
    fn every_letter_says_the_same_in_both_languages() {
        let name = |text| Name::parse(text).unwrap();
        let token = || "thx_token".to_owned();
        let letters = [
            Letter::ConfirmAddress { full_name: name("Ánh"), token: token() },
            Letter::AddressHasAccount,
            Letter::ResetPassword { token: token() },
            Letter::PasswordChanged,
            Letter::Invitation { organization: name("Thép Việt"), inviter: name("Bình"), token: token() },
        ];
        for letter in letters {
            let links: Vec<Vec<String>> = Language::ALL
                .iter()
                .map(|language| {
                    let to = Email::parse("a@example.com").unwrap();
                    let words =
                        words(&Mail { to, language: *language, letter: letter.clone() }, "https://m.example").unwrap();
                    assert!(!words.subject.contains('\n'));
                    words
                        .body
                        .split_whitespace()
                        .filter(|word| word.starts_with("https://"))
                        .map(str::to_owned)
                        .collect()
                })
                .collect();
            assert!(!links[0].is_empty() && links[0] == links[1], "{letter:?}: {links:?}");
        }
    }

    #[test]
    fn nothing_is_not_sent() {
        let mail =
            Mail { to: Email::parse("a@example.com").unwrap(), language: Language::English, letter: Letter::Nothing };
        assert_eq!(words(&mail, ""), None);
    }
}
