//! Every code that a rule can answer with, and its sentence in each language. A code, once published, keeps its meaning.

use crate::language::Language;
use crate::named::Named;

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

        impl Named for Code {
            const SET: &'static str = "UserErrorCode";
            const ABOUT: &'static str = "The stable code of a broken rule. A client that meets a code it does not know shows the message.";
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            fn meaning(self) -> &'static str {
                self.sentence(Language::English)
            }
        }

        impl Code {
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
    WrongSide "WRONG_SIDE" "Only the other side may do this." "Chỉ bên kia mới được làm việc này."
    NoOrganization "NO_ORGANIZATION" "Choose an organization to act for first." "Hãy chọn tổ chức để thao tác trước."
    PermissionMissing "PERMISSION_MISSING" "Your role does not allow this." "Vai trò của bạn không cho phép việc này."

    // Venues and who takes part in them.
    SideReserved "SIDE_RESERVED" "In this venue that side belongs to its owner." "Trong địa điểm giao dịch này, phía đó thuộc về chủ sở hữu."
    OwnVenue "OWN_VENUE" "The owner of a venue does not take part as a guest." "Chủ sở hữu không tham gia với tư cách khách."
    VenueIsPrivate "VENUE_IS_PRIVATE" "This venue takes part by invitation only." "Địa điểm này chỉ tham gia theo lời mời."
    NotVerified "NOT_VERIFIED" "The organization must be verified first." "Tổ chức phải được xác minh trước."
    ParticipationStatus "PARTICIPATION_STATUS" "This cannot be done while the participation is {status}." "Không thể làm việc này khi tình trạng tham gia là {status}."
    AlreadyParticipates "ALREADY_PARTICIPATES" "The organization already has a part in this venue on that side." "Tổ chức đã tham gia địa điểm này ở phía đó."
    // Values.
    NumberMalformed "NUMBER_MALFORMED" "Write a number in plain digits, with a point before the decimals, such as 1234.5; at most {max} digits." "Hãy viết số bằng chữ số thường, dùng dấu chấm trước phần thập phân, ví dụ 1234.5; tối đa {max} chữ số."
    TooManyDecimals "TOO_MANY_DECIMALS" "At most {max} decimals are allowed here." "Tối đa {max} chữ số thập phân."
    TooLarge "TOO_LARGE" "At most {max} is allowed here." "Giá trị tối đa là {max}."
    NotPositive "NOT_POSITIVE" "A number above zero is needed." "Cần một số lớn hơn 0."
    Negative "NEGATIVE" "Zero or more is needed." "Cần một số từ 0 trở lên."
    AmountTooLarge "AMOUNT_TOO_LARGE" "Amounts go up to {max} in either direction." "Số tiền tối đa là {max} theo cả hai chiều."
    CurrencyMismatch "CURRENCY_MISMATCH" "An amount in {expected} is needed, not in {actual}." "Cần số tiền bằng {expected}, không phải {actual}."
    NothingToShareBy "NOTHING_TO_SHARE_BY" "At least one share must be more than zero." "Ít nhất một phần chia phải lớn hơn 0."
    UnknownCurrency "UNKNOWN_CURRENCY" "Use the three letters of a currency in ISO 4217, such as VND or USD." "Hãy dùng mã ba chữ cái của tiền tệ theo ISO 4217, ví dụ VND hoặc USD."
    UnknownUnit "UNKNOWN_UNIT" "Use a unit code of UN/ECE Recommendation 20, such as C62 (piece), KGM (kilogram) or XCT (carton)." "Hãy dùng mã đơn vị theo Khuyến nghị 20 của UN/ECE, ví dụ C62 (cái), KGM (kilôgam) hoặc XCT (thùng các-tông)."
    WholeNumberNeeded "WHOLE_NUMBER_NEEDED" "A whole number is needed: {unit} is counted, not measured." "Cần số nguyên: {unit} được đếm, không được đo."
    UnknownCountry "UNKNOWN_COUNTRY" "Use the two letters of a country in ISO 3166-1, such as VN or DE." "Hãy dùng mã hai chữ cái của quốc gia theo ISO 3166-1, ví dụ VN hoặc DE."
    UnknownIncoterm "UNKNOWN_INCOTERM" "Use a rule of Incoterms 2020, such as EXW, FOB or DDP." "Hãy dùng điều kiện Incoterms 2020, ví dụ EXW, FOB hoặc DDP."
    TaxCodeMalformed "TAX_CODE_MALFORMED" "A tax code of {country} has the form {form}." "Mã số thuế của {country} có dạng {form}."
    TaxCodeCheckDigit "TAX_CODE_CHECK_DIGIT" "The check digit does not fit: compare the tax code with the certificate, one character is wrong." "Chữ số kiểm tra không khớp: hãy đối chiếu mã số thuế với giấy chứng nhận, có một ký tự sai."
    GtinMalformed "GTIN_MALFORMED" "A GTIN has 8, 12, 13 or 14 digits." "Mã GTIN có 8, 12, 13 hoặc 14 chữ số."
    GtinCheckDigit "GTIN_CHECK_DIGIT" "The last digit does not fit the others: read the GTIN from the barcode again." "Chữ số cuối không khớp với các chữ số khác: hãy đọc lại mã GTIN từ mã vạch."
    EmailMalformed "EMAIL_MALFORMED" "Write an e-mail address such as name@example.com." "Hãy viết địa chỉ email, ví dụ ten@example.com."

    // People and machines that sign in.
    PasswordCommon "PASSWORD_COMMON" "This password is among the first that guessing tries; choose another." "Mật khẩu này nằm trong số những mật khẩu bị đoán trước tiên; hãy chọn mật khẩu khác."
    PasswordPersonal "PASSWORD_PERSONAL" "The password must not be the e-mail address or the name." "Mật khẩu không được là địa chỉ email hoặc tên."
    PasswordWrong "PASSWORD_WRONG" "This is not the present password." "Đây không phải mật khẩu hiện tại."
    SignInRefused "SIGN_IN_REFUSED" "The e-mail address or the password is wrong, or the address has not been confirmed yet." "Địa chỉ email hoặc mật khẩu không đúng, hoặc địa chỉ chưa được xác nhận."
    TooManyAttempts "TOO_MANY_ATTEMPTS" "Too many attempts; try again after {time}." "Quá nhiều lần thử; hãy thử lại sau {time}."
    TokenInvalid "TOKEN_INVALID" "This link does not work: it was used, has expired or never existed; ask for a new one." "Liên kết này không dùng được: đã được dùng, đã hết hạn hoặc không tồn tại; hãy yêu cầu liên kết mới."
    LoginEnded "LOGIN_ENDED" "This login has ended; sign in again." "Phiên đăng nhập đã kết thúc; hãy đăng nhập lại."
    RefreshTokenReused "REFRESH_TOKEN_REUSED" "This refresh token was used before, so somebody else may have it; the login was ended, sign in again." "Mã làm mới này đã được dùng nên có thể đã bị lộ; phiên đăng nhập đã bị kết thúc, hãy đăng nhập lại."
    EmailTaken "EMAIL_TAKEN" "There is an account with this e-mail address." "Đã có tài khoản với địa chỉ email này."
    ScopeNotHeld "SCOPE_NOT_HELD" "A key may do no more than you: {scope} is not yours to give." "Khóa không được có quyền hơn bạn: bạn không thể cấp {scope}."
    ApiKeyRevoked "API_KEY_REVOKED" "This key was revoked before." "Khóa này đã bị thu hồi trước đó."
}

#[cfg(test)]
mod tests {
    use super::Code;
    use crate::language::Language;
    use crate::named::Named;
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
