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

    // Organizations, their check, their people.
    TaxCodeTaken "TAX_CODE_TAKEN" "Another verified organization of that country has this tax code." "Một tổ chức khác đã được xác minh ở quốc gia đó có mã số thuế này."
    VerificationStatus "VERIFICATION_STATUS" "This cannot be done while the verification is {status}." "Không thể làm việc này khi tình trạng xác minh là {status}."
    CapabilityStatus "CAPABILITY_STATUS" "This cannot be done while the capability is {status}." "Không thể làm việc này khi năng lực ở tình trạng {status}."
    CapabilityMissing "CAPABILITY_MISSING" "The organization may not act as {capability} now." "Tổ chức hiện chưa được hoạt động với vai trò {capability}."
    UnitCodeTaken "UNIT_CODE_TAKEN" "Another unit of the organization has this code." "Một đơn vị khác của tổ chức đã có mã này."
    UnitCycle "UNIT_CYCLE" "A unit cannot stand under itself or under one of its own units." "Đơn vị không thể nằm dưới chính nó hoặc dưới đơn vị con của nó."
    UnitTooDeep "UNIT_TOO_DEEP" "Units nest at most {max} levels deep." "Các đơn vị lồng nhau tối đa {max} cấp."
    UnitArchived "UNIT_ARCHIVED" "This unit is archived." "Đơn vị này đã được lưu trữ."
    UnitHasChildren "UNIT_HAS_CHILDREN" "Archive or move the units under it first." "Hãy lưu trữ hoặc chuyển các đơn vị con trước."
    MembershipStatus "MEMBERSHIP_STATUS" "This cannot be done while the membership is {status}." "Không thể làm việc này khi tư cách thành viên là {status}."
    LastOwner "LAST_OWNER" "An organization keeps at least one active owner: make somebody else an owner first." "Tổ chức phải còn ít nhất một chủ sở hữu đang hoạt động: hãy chỉ định người khác trước."
    GrantExceedsOwn "GRANT_EXCEEDS_OWN" "Nobody gives permissions that they do not have: {permissions}." "Không ai được trao quyền mà mình không có: {permissions}."
    MemberOutranks "MEMBER_OUTRANKS" "This member has permissions that you do not have." "Thành viên này có những quyền mà bạn không có."
    OwnMembership "OWN_MEMBERSHIP" "This is your own membership: somebody else must do it." "Đây là tư cách thành viên của chính bạn: người khác phải làm việc này."
    AlreadyMember "ALREADY_MEMBER" "This person is a member already." "Người này đã là thành viên."
    MemberInvitationStatus "MEMBER_INVITATION_STATUS" "This cannot be done while the invitation is {status}." "Không thể làm việc này khi lời mời là {status}."
    InvitedOther "INVITED_OTHER" "The invitation was sent to another e-mail address: sign in with that address, and verify it." "Lời mời được gửi tới địa chỉ email khác: hãy đăng nhập bằng địa chỉ đó và xác minh nó."
    RoleNameTaken "ROLE_NAME_TAKEN" "Another role of the organization has this name." "Một vai trò khác của tổ chức đã có tên này."
    RoleInUse "ROLE_IN_USE" "The role is still given to {count} members or invitations." "Vai trò này vẫn đang được trao cho {count} thành viên hoặc lời mời."
    PermissionNotGrantable "PERMISSION_NOT_GRANTABLE" "An organization cannot put {permission} into a role." "Tổ chức không thể đưa {permission} vào vai trò."

    // Venues and who takes part in them.
    SideReserved "SIDE_RESERVED" "In this venue that side belongs to its owner." "Trong địa điểm giao dịch này, phía đó thuộc về chủ sở hữu."
    OwnVenue "OWN_VENUE" "The owner of a venue does not take part as a guest." "Chủ sở hữu không tham gia với tư cách khách."
    VenueIsPrivate "VENUE_IS_PRIVATE" "This venue takes part by invitation only." "Địa điểm này chỉ tham gia theo lời mời."
    NotVerified "NOT_VERIFIED" "The organization must be verified first." "Tổ chức phải được xác minh trước."
    ParticipationStatus "PARTICIPATION_STATUS" "This cannot be done while the participation is {status}." "Không thể làm việc này khi tình trạng tham gia là {status}."
    NotInVenue "NOT_IN_VENUE" "This organization does not take part in the venue on that side." "Tổ chức này không tham gia địa điểm ở phía đó."
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
    // Files.
    MediaTypeRefused "MEDIA_TYPE_REFUSED" "Files of this type are not taken; these are: {allowed}." "Không nhận loại tệp này; các loại được nhận: {allowed}."
    FileExtension "FILE_EXTENSION" "The name of such a file ends in one of {extensions}." "Tên tệp loại này phải kết thúc bằng một trong {extensions}."
    FileTooLarge "FILE_TOO_LARGE" "A file has at most {max} bytes." "Tệp có tối đa {max} byte."
    StorageFull "STORAGE_FULL" "The organization's files have room for {free} more bytes." "Bộ nhớ tệp của tổ chức chỉ còn {free} byte."
    TooManyUploads "TOO_MANY_UPLOADS" "At most {max} uploads can be awaited at once; finish some or wait until they expire." "Tối đa {max} lượt tải lên cùng chờ; hãy hoàn tất bớt hoặc đợi chúng hết hạn."
    UploadClosed "UPLOAD_CLOSED" "This upload is done or its time is over; ask for another." "Lượt tải lên này đã xong hoặc đã hết hạn; hãy yêu cầu lượt khác."
    SizeMismatch "SIZE_MISMATCH" "The file was announced with {size} bytes and must have as many." "Tệp được khai báo {size} byte và phải có đúng số byte đó."
    ContentMismatch "CONTENT_MISMATCH" "The file does not hold what its type says." "Nội dung tệp không đúng với loại đã khai báo."
    AttachmentInUse "ATTACHMENT_IN_USE" "This file is attached to something; take it off there first." "Tệp này đang được đính kèm; hãy gỡ khỏi đó trước."
    AlreadyAttached "ALREADY_ATTACHED" "This file is attached there already." "Tệp này đã được đính kèm ở đó."
    // Catalogs: categories, products, offers.
    CategoryCodeTaken "CATEGORY_CODE_TAKEN" "Another category of this organization has that code." "Một danh mục khác của tổ chức đã dùng mã này."
    CategoryCycle "CATEGORY_CYCLE" "A category cannot stand below itself." "Danh mục không thể nằm dưới chính nó."
    CategoryTooDeep "CATEGORY_TOO_DEEP" "Categories go {max} levels deep." "Cây danh mục sâu tối đa {max} cấp."
    ProductNumberTaken "PRODUCT_NUMBER_TAKEN" "Another product of this organization has that number." "Một sản phẩm khác của tổ chức đã dùng mã số này."
    ProductStatus "PRODUCT_STATUS" "This cannot be done while the product is {status}." "Không thể làm việc này khi sản phẩm đang ở trạng thái {status}."
    ProductNotPublished "PRODUCT_NOT_PUBLISHED" "This product is not published." "Sản phẩm này chưa được công bố."
    OfferExists "OFFER_EXISTS" "You already have an active offer of this product in that currency and unit; revise or end it first." "Bạn đã có một chào bán đang hiệu lực cho sản phẩm này với cùng tiền tệ và đơn vị; hãy sửa hoặc kết thúc chào bán đó trước."
    OfferStatus "OFFER_STATUS" "This cannot be done while the offer is {status}." "Không thể làm việc này khi chào bán đang ở trạng thái {status}."
    MaxBelowMin "MAX_BELOW_MIN" "The maximum is below the minimum of {min}." "Số lượng tối đa nhỏ hơn số lượng tối thiểu {min}."
    QuantityUnreachable "QUANTITY_UNREACHABLE" "No multiple of {multiple} lies between the minimum and the maximum." "Không có bội số nào của {multiple} nằm giữa số lượng tối thiểu và tối đa."
    EndsBeforeStart "ENDS_BEFORE_START" "The end must come after the beginning." "Thời điểm kết thúc phải sau thời điểm bắt đầu."
    // Imports.
    TextNotUtf8 "TEXT_NOT_UTF8" "This text is not in UTF-8; save the file as CSV UTF-8 and send it again." "Văn bản này không phải UTF-8; hãy lưu tệp dạng CSV UTF-8 rồi gửi lại."
    FileUnreadable "FILE_UNREADABLE" "The file {file} cannot be read." "Không đọc được tệp {file}."
    ColumnMissing "COLUMN_MISSING" "The column {column} is missing in the first row." "Thiếu cột {column} ở dòng đầu tiên."
    ColumnUnknown "COLUMN_UNKNOWN" "There is no column {column} here; these are known: {known}." "Không có cột {column}; các cột được biết: {known}."
    RowLength "ROW_LENGTH" "This row has {actual} fields and the first row has {expected}." "Dòng này có {actual} trường, còn dòng đầu tiên có {expected}."
    KeyUnknown "KEY_UNKNOWN" "Nothing that was imported has the key {key}." "Không có mục nào đã nhập có khóa {key}."
    DateMalformed "DATE_MALFORMED" "Write a day such as 2026-03-01 or a time such as 2026-03-01T09:30:00Z." "Hãy viết ngày dạng 2026-03-01 hoặc thời điểm dạng 2026-03-01T09:30:00Z."
    ImportStatus "IMPORT_STATUS" "This cannot be done while the import is {status}." "Không thể làm việc này khi lượt nhập đang là {status}."
    RowsRefused "ROWS_REFUSED" "{count} rows were refused, and all or nothing was asked for." "{count} dòng bị từ chối, mà bạn đã yêu cầu nhập tất cả hoặc không gì cả."
    TooManyImports "TOO_MANY_IMPORTS" "At most {max} imports or exports can wait at once; let some end first." "Tối đa {max} lượt nhập hoặc xuất cùng chờ; hãy đợi bớt kết thúc."
    FileEncrypted "FILE_ENCRYPTED" "The file is protected by a password; save it without one and send it again." "Tệp được bảo vệ bằng mật khẩu; hãy lưu lại không có mật khẩu rồi gửi lại."
    FileDamaged "FILE_DAMAGED" "The file is damaged or is no workbook, in {part}; open it, save it again and send it." "Tệp bị hỏng hoặc không phải bảng tính, ở {part}; hãy mở, lưu lại rồi gửi."
    FileExpands "FILE_EXPANDS" "Unpacked, {part} of this file has more than {max} bytes, or far more than it had packed; delete what is empty and save it again." "Khi giải nén, {part} của tệp vượt quá {max} byte hoặc lớn hơn nhiều lần so với lúc nén; hãy xóa phần trống rồi lưu lại."
    SheetMissing "SHEET_MISSING" "There is no sheet {sheet} in this file; there are: {sheets}." "Tệp không có trang tính {sheet}; các trang hiện có: {sheets}."
    SeparatorWrong "SEPARATOR_WRONG" "The first row has no {separator}; it looks separated by {likely}." "Dòng đầu tiên không có {separator}; có vẻ được phân cách bằng {likely}."
    FieldUnknown "FIELD_UNKNOWN" "There is no field {field} here; these are known: {known}." "Không có trường {field}; các trường được biết: {known}."
    FormulaWithoutValue "FORMULA_WITHOUT_VALUE" "The cell {cell} holds a formula that was never calculated; open the file, save it again and send it." "Ô {cell} chứa công thức chưa được tính; hãy mở tệp, lưu lại rồi gửi."
    CellError "CELL_ERROR" "The cell {cell} holds the error {error}." "Ô {cell} chứa lỗi {error}."
    ExportStatus "EXPORT_STATUS" "This cannot be done while the export is {status}." "Không thể làm việc này khi lượt xuất đang là {status}."

    // Requests for quotation.
    RfqStatus "RFQ_STATUS" "This cannot be done while the request is {status}." "Không thể làm việc này khi yêu cầu báo giá đang là {status}."
    RfqHasNoLines "RFQ_HAS_NO_LINES" "Add at least one line first." "Hãy thêm ít nhất một dòng trước."
    NobodyAsked "NOBODY_ASKED" "Invite at least one supplier, or make the request public." "Hãy mời ít nhất một nhà cung cấp, hoặc công khai yêu cầu."
    DeadlinePassed "DEADLINE_PASSED" "The deadline has passed." "Đã quá hạn."
    DeadlineAhead "DEADLINE_AHEAD" "The deadline has not come yet." "Chưa đến hạn."
    DeadlineNotLater "DEADLINE_NOT_LATER" "The new deadline must be later than the present one." "Hạn mới phải muộn hơn hạn hiện tại."
    AlreadyInvited "ALREADY_INVITED" "This supplier is invited already." "Nhà cung cấp này đã được mời."
    InvitationStatus "INVITATION_STATUS" "This cannot be done while the invitation is {status}." "Không thể làm việc này khi lời mời đang là {status}."
    OwnRfq "OWN_RFQ" "A buyer does not quote on its own request." "Bên mua không báo giá cho yêu cầu của chính mình."
    RfqIsFull "RFQ_IS_FULL" "The {max} quotes that a request takes from suppliers that it did not invite are in." "Yêu cầu đã nhận đủ {max} báo giá từ các nhà cung cấp không được mời."
    VenueHidesRfq "VENUE_HIDES_RFQ" "A private venue has no public requests: invite suppliers, or open the venue." "Địa điểm riêng không có yêu cầu công khai: hãy mời nhà cung cấp hoặc công khai địa điểm."

    // Quotes.
    QuoteStands "QUOTE_STANDS" "Withdraw your quote first." "Hãy rút báo giá trước."
    QuoteStatus "QUOTE_STATUS" "This cannot be done while the quote is {status}." "Không thể làm việc này khi báo giá đang là {status}."
    QuoteHasNoLines "QUOTE_HAS_NO_LINES" "Price at least one line." "Hãy báo giá ít nhất một dòng."
    NothingDrafted "NOTHING_DRAFTED" "There is no draft to submit." "Không có bản nháp nào để gửi."
    QuoteExists "QUOTE_EXISTS" "There is a quote of yours already; revise it." "Bạn đã có báo giá; hãy sửa báo giá đó."
    QuoteExpired "QUOTE_EXPIRED" "The quote's validity has ended." "Báo giá đã hết hiệu lực."
    UnitsDiffer "UNITS_DIFFER" "Use {unit}, or a unit with a fixed relation to it." "Hãy dùng {unit}, hoặc đơn vị quy đổi được sang đơn vị đó."
    UnknownLine "UNKNOWN_LINE" "The request has no such line." "Yêu cầu không có dòng này."
    MoreThanAsked "MORE_THAN_ASKED" "At most {max} can be offered, which is what is asked for." "Chỉ có thể chào tối đa {max}, đúng bằng số lượng yêu cầu."
    TierOrder "TIER_ORDER" "Tiers start at growing quantities." "Các bậc giá phải theo số lượng tăng dần."

    // Awards.
    NothingAwarded "NOTHING_AWARDED" "Name at least one line to award." "Hãy chọn ít nhất một dòng để trao thầu."
    NotQuoted "NOT_QUOTED" "This quote does not cover that line." "Báo giá này không bao gồm dòng đó."
    MoreThanOffered "MORE_THAN_OFFERED" "At most {max} can be awarded, which is what was offered." "Chỉ có thể trao tối đa {max}, đúng bằng số lượng được chào."
    MoreThanNeeded "MORE_THAN_NEEDED" "The awards of this line add up to more than the {max} asked for." "Tổng số lượng trao của dòng này vượt quá {max} được yêu cầu."

    // People and machines that sign in.

    // Shops and their customers.
    NotAShop "NOT_A_SHOP" "Only a shop, which is a venue of the model SELL_SIDE, has this." "Chỉ cửa hàng, tức địa điểm theo mô hình SELL_SIDE, mới có mục này."
    ShopExists "SHOP_EXISTS" "An organization has one shop, and yours is open already." "Mỗi tổ chức chỉ có một cửa hàng, và cửa hàng của bạn đã mở."

    NoShop "NO_SHOP" "Open a shop first: a venue of the model SELL_SIDE." "Hãy mở cửa hàng trước: một địa điểm theo mô hình SELL_SIDE."
    NotApproved "NOT_APPROVED" "Only approved customers can be named here." "Chỉ có thể chọn khách hàng đã được duyệt ở đây."
    SegmentCodeTaken "SEGMENT_CODE_TAKEN" "Another segment has this code." "Một phân khúc khác đã dùng mã này."
    AssortmentCodeTaken "ASSORTMENT_CODE_TAKEN" "Another assortment has this code." "Một danh mục chọn lọc khác đã dùng mã này."
    CustomerNumberTaken "CUSTOMER_NUMBER_TAKEN" "Another customer has this number." "Một khách hàng khác đã dùng số này."

    // Orders.
    OrderStatus "ORDER_STATUS" "This cannot be done while the order is {status}." "Không thể làm việc này khi đơn hàng đang ở trạng thái {status}."
    OrderNumberMalformed "ORDER_NUMBER_MALFORMED" "The number of an order looks like PO-2026-0K3M-9QXT-4B2D." "Số đơn hàng có dạng PO-2026-0K3M-9QXT-4B2D."
    SameParty "SAME_PARTY" "An organization does not trade with itself." "Một tổ chức không giao dịch với chính mình."
    CancellationPending "CANCELLATION_PENDING" "The seller has not answered the last request to cancel yet." "Bên bán chưa trả lời yêu cầu hủy trước đó."
    CancellationNotRequested "CANCELLATION_NOT_REQUESTED" "The buyer has not asked to cancel this order, or was answered already." "Bên mua chưa yêu cầu hủy đơn hàng này, hoặc yêu cầu đã được trả lời."

    // Catalogs in depth: types, variants, packagings, documents, relations, numbers.
    LocaleMalformed "LOCALE_MALFORMED" "Write a language such as vi or en-GB." "Hãy viết ngôn ngữ dạng vi hoặc en-GB."
    ProductTypeCodeTaken "PRODUCT_TYPE_CODE_TAKEN" "Another product type of this organization has that code." "Một loại sản phẩm khác của tổ chức đã dùng mã này."
    ProductTypeInUse "PRODUCT_TYPE_IN_USE" "{count} products would not fit the type any more, {number} among them." "{count} sản phẩm sẽ không còn phù hợp với loại này, trong đó có {number}."
    AttributeRequired "ATTRIBUTE_REQUIRED" "Products of this type need the attribute {attribute}." "Sản phẩm loại này cần có thuộc tính {attribute}."
    AttributeNotLocalised "ATTRIBUTE_NOT_LOCALISED" "This attribute has one value in all languages." "Thuộc tính này chỉ có một giá trị cho mọi ngôn ngữ."
    OptionUnknown "OPTION_UNKNOWN" "The attribute {attribute} has no such option." "Thuộc tính {attribute} không có lựa chọn này."
    BooleanMalformed "BOOLEAN_MALFORMED" "Write true or false." "Hãy viết true hoặc false."
    NumberNotExact "NUMBER_NOT_EXACT" "This number cannot be said exactly in {unit}." "Số này không thể biểu diễn chính xác theo {unit}."
    NoAxes "NO_AXES" "Products of this type have nothing in which variants could differ." "Sản phẩm loại này không có thuộc tính nào để phân biệt biến thể."
    AxisMissing "AXIS_MISSING" "A variant needs the attribute {attribute}." "Biến thể cần có thuộc tính {attribute}."
    VariantExists "VARIANT_EXISTS" "Another variant of the product has the same values." "Một biến thể khác của sản phẩm đã có cùng các giá trị này."
    VariantNested "VARIANT_NESTED" "A variant has no variants of its own." "Biến thể không thể có biến thể con."
    VariantTypeDiffers "VARIANT_TYPE_DIFFERS" "A variant has the type of its product." "Biến thể phải cùng loại với sản phẩm của nó."
    PackagingUnknown "PACKAGING_UNKNOWN" "{unit} is neither the product's unit nor one of its packagings." "{unit} không phải đơn vị của sản phẩm cũng không phải quy cách đóng gói của nó."
    PackagingCycle "PACKAGING_CYCLE" "A packaging cannot hold itself." "Quy cách đóng gói không thể chứa chính nó."
    PackagingContradicts "PACKAGING_CONTRADICTS" "One {unit} always holds as much as it says; only a package holds what its seller says." "Một {unit} luôn có lượng cố định; chỉ bao bì mới chứa lượng do người bán quy định."
    PackagingPriced "PACKAGING_PRICED" "Prices in force count {unit}; end them first." "Các giá đang hiệu lực tính theo {unit}; hãy kết thúc chúng trước."
    UnitInKit "UNIT_IN_KIT" "A kit says in this unit what it is made of; change its components first." "Bộ sản phẩm tính thành phần theo đơn vị này; hãy sửa các thành phần trước."
    CertificateExpired "CERTIFICATE_EXPIRED" "This certificate has expired." "Chứng chỉ này đã hết hạn."
    RelationSelf "RELATION_SELF" "A product is not related to itself." "Sản phẩm không thể liên quan đến chính nó."
    RelationCycle "RELATION_CYCLE" "This would lead back to the product itself." "Quan hệ này dẫn trở lại chính sản phẩm."
    PartNumberTaken "PART_NUMBER_TAKEN" "The product has this number already." "Sản phẩm đã có mã số này."

    // Publishing: versions of a catalog.
    CatalogVersionStatus "CATALOG_VERSION_STATUS" "This cannot be done while the catalog version is {status}." "Không thể làm việc này khi phiên bản danh mục đang là {status}."
    CatalogVersionEmpty "CATALOG_VERSION_EMPTY" "Add at least one change first." "Hãy thêm ít nhất một thay đổi trước."
    VersionConflicts "VERSION_CONFLICTS" "{count} changes conflict with the catalog as it is now; re-base or drop them." "{count} thay đổi xung đột với danh mục hiện tại; hãy cập nhật lại hoặc bỏ chúng."
    ProductTypeNarrowed "PRODUCT_TYPE_NARROWED" "The product type was narrowed since this was written; write it again." "Loại sản phẩm đã bị thu hẹp sau khi nội dung này được viết; hãy viết lại."
    CatalogVersionUnpublished "CATALOG_VERSION_UNPUBLISHED" "Only published versions can be compared." "Chỉ có thể so sánh các phiên bản đã công bố."

    TooManyHits "TOO_MANY_HITS" "At most {max} hits can be sorted or narrowed by price; narrow the search first." "Chỉ có thể sắp xếp hoặc lọc theo giá tối đa {max} kết quả; hãy thu hẹp tìm kiếm trước."

    // Prices.
    PriceListCodeTaken "PRICE_LIST_CODE_TAKEN" "Another price list of this organization has that code." "Một bảng giá khác của tổ chức đã dùng mã này."
    PriceListStatus "PRICE_LIST_STATUS" "This cannot be done while the price list is {status}." "Không thể làm việc này khi bảng giá đang ở trạng thái {status}."
    PromotionStatus "PROMOTION_STATUS" "This cannot be done while the promotion is {status}." "Không thể làm việc này khi khuyến mãi đang ở trạng thái {status}."
    PriceGroupMismatch "PRICE_GROUP_MISMATCH" "Name the one whom a price of this rank is for, and nobody else." "Hãy nêu đúng đối tượng của giá thuộc hạng này và không nêu ai khác."
    PriceOverlaps "PRICE_OVERLAPS" "Another price of this list for the same product, unit and tier holds in a part of that time; end it first." "Một giá khác của bảng giá cho cùng sản phẩm, đơn vị và bậc số lượng có hiệu lực trong một phần thời gian đó; hãy kết thúc giá đó trước."
    PriceEnded "PRICE_ENDED" "This price has ended, or is not of this list." "Giá này đã kết thúc hoặc không thuộc bảng giá này."
    OffMultiple "OFF_MULTIPLE" "A multiple of {multiple} is needed here." "Cần một bội số của {multiple}."
    NotOwnProduct "NOT_OWN_PRODUCT" "A price list prices the organization's own products." "Bảng giá chỉ định giá sản phẩm của chính tổ chức."
    BelowOrderMinimum "BELOW_ORDER_MINIMUM" "At least {min} {unit} are sold at once." "Mỗi lần bán ít nhất {min} {unit}."
    AboveOrderMaximum "ABOVE_ORDER_MAXIMUM" "At most {max} {unit} are sold at once." "Mỗi lần bán nhiều nhất {max} {unit}."
    OffOrderMultiple "OFF_ORDER_MULTIPLE" "Quantities are multiples of {multiple} {unit}." "Số lượng phải là bội số của {multiple} {unit}."

    // Visitors of shops.
    VisitorsSeeMore "VISITORS_SEE_MORE" "People who have not signed in are shown no more than guests; widen what guests are shown first." "Người chưa đăng nhập không được xem nhiều hơn khách; hãy mở rộng quyền xem của khách trước."

    // Framework agreements.
    AgreementStatus "AGREEMENT_STATUS" "This cannot be done while the agreement is {status}." "Không thể làm việc này khi thỏa thuận đang ở trạng thái {status}."
    AgreementOver "AGREEMENT_OVER" "The validity on offer is over; offer a later one." "Thời hạn được chào đã qua; hãy chào thời hạn muộn hơn."
    MoreThanRemains "MORE_THAN_REMAINS" "Only {remaining} {unit} can still be called off." "Chỉ còn có thể gọi hàng {remaining} {unit}."
    BelowLeastCallOff "BELOW_LEAST_CALL_OFF" "The volume is less than one call-off takes." "Tổng lượng nhỏ hơn mức tối thiểu của một lần gọi hàng."
    NotRenewing "NOT_RENEWING" "This agreement does not go on by itself." "Thỏa thuận này không tự động gia hạn."
    NoticeGiven "NOTICE_GIVEN" "Notice was given already." "Đã có thông báo không gia hạn."
    NoticeTooLate "NOTICE_TOO_LATE" "Notice could be given until {deadline}." "Chỉ có thể thông báo đến {deadline}."
    TerminationPending "TERMINATION_PENDING" "This agreement is being ended already." "Thỏa thuận này đang được chấm dứt."
    AfterEnd "AFTER_END" "It ends by itself at {end}; name an earlier time." "Thỏa thuận tự kết thúc lúc {end}; hãy nêu thời điểm sớm hơn."
    RenewalExists "RENEWAL_EXISTS" "A successor is offered or agreed already." "Đã có thỏa thuận kế tiếp được chào hoặc đã ký."
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
