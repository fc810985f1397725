//! A market to look at: four companies of each role, requests in several states, and a shop. Everything happens through the commands
//! that clients use; only the companies' verification is taken for granted.

mod shop;
mod sourcing;

use tradehall_domain::access::{Actor, Principal, SystemRole, SystemTask};
use tradehall_domain::identity::UserId;
use tradehall_domain::language::Language;
use tradehall_domain::organization::{
    Capability, CapabilityStatus, Entitlement, OrganizationDraft, OrganizationId, Verification,
};
use tradehall_domain::problem::Code;
use tradehall_persistence::{Meter, organization};

use crate::app::{App, Error, RequestMeta, Session};
use crate::identity::{self, NewUser};
use crate::organization::CreateOrganization;

/// The password of everyone in the demo.
pub const PASSWORD: &str = "demo-market-2026";

/// What whoever starts the demo is told.
pub const WELCOME: &str = "
The demo market is open at {url} — GraphiQL is served there, with example operations.
Everyone's password is demo-market-2026:
  staff@demo.example                                           the market's own staff
  buyer1@demo.example     buyer2  buyer3  buyer4               companies that buy
  seller1@demo.example    seller2 seller3 seller4              companies that sell
  operator1@demo.example  operator2 operator3 operator4        companies that run markets for others
Sign in with the example operation `signIn`, then put {\"Authorization\": \"Bearer <accessToken>\"} into the Headers tab.
";

const COMPANIES: &[(&str, &str, Capability)] = &[
    ("buyer1", "Cơ Khí Hải Phòng", Capability::Buyer),
    ("buyer2", "Xây Dựng Sông Hồng", Capability::Buyer),
    ("buyer3", "Đóng Tàu Bạch Đằng", Capability::Buyer),
    ("buyer4", "Nội Thất An Cường Phát", Capability::Buyer),
    ("seller1", "Thép Việt Ý", Capability::Seller),
    ("seller2", "Kim Khí Á Châu", Capability::Seller),
    ("seller3", "Bu Lông Miền Nam", Capability::Seller),
    ("seller4", "Sơn Tổng Hợp Hà Nội", Capability::Seller),
    ("operator1", "Sàn Vật Tư Công Nghiệp", Capability::Operator),
    ("operator2", "Chợ Thép Trực Tuyến", Capability::Operator),
    ("operator3", "Liên Minh Cơ Khí", Capability::Operator),
    ("operator4", "Mạng Lưới Nhà Thầu", Capability::Operator),
];

/// Somebody of the demo: the owner of one company.
#[derive(Debug, Clone, Copy)]
struct Owner {
    user: UserId,
    organization: OrganizationId,
    entitlement: Entitlement,
}

/// Fills a market with the demo. A market that has it already is left alone.
///
/// # Errors
/// That the database is away.
pub async fn seed(app: &App) -> Result<(), Error> {
    match person(app, "staff", "Nhân Viên Sàn", true).await {
        Ok(_) => {}
        Err(Error::Refused(problems)) if problems.iter().all(|problem| problem.code == Code::EmailTaken) => {
            return Ok(());
        }
        Err(error) => return Err(error),
    }
    let mut owners = Vec::new();
    for (login, name, capability) in COMPANIES {
        owners.push(company(app, login, name, *capability).await?);
    }
    let (buyers, sellers) = (owners.get(..4).unwrap_or_default(), owners.get(4..8).unwrap_or_default());
    sourcing::fill(app, buyers, sellers).await?;
    if let (Some(seller), [one, two, three, ..]) = (sellers.get(2), buyers) {
        shop::open(app, *seller, [*one, *two, *three]).await?;
    }
    Ok(())
}

async fn person(app: &App, login: &str, full_name: &str, staff: bool) -> Result<UserId, Error> {
    let email = format!("{login}@demo.example");
    let new = NewUser { email: &email, password: PASSWORD, full_name, language: Language::Vietnamese, staff };
    Ok(identity::create_user(app, new).await?.id)
}

async fn company(app: &App, login: &str, name: &str, capability: Capability) -> Result<Owner, Error> {
    let user = person(app, login, name, false).await?;
    let actor = Actor { principal: Principal::User(user), ..Actor::ANONYMOUS };
    let founder = Session::new(app.clone(), actor, RequestMeta::default(), None);
    let draft = OrganizationDraft {
        name: name.to_owned(),
        country: "VN".to_owned(),
        capabilities: vec![capability],
        ..OrganizationDraft::default()
    };
    let id = founder.execute(CreateOrganization { draft, key: None }).await?.id;
    let mut tx = app.store().write(Actor::system(SystemTask::Import), Meter::default()).await?;
    let mut dossier = organization::lock_dossier(&mut tx, id).await?;
    dossier.organization.verification = Verification::Verified;
    let granted = Some(CapabilityStatus::Granted);
    match capability {
        Capability::Buyer => dossier.organization.capabilities.buyer = granted,
        Capability::Seller => dossier.organization.capabilities.seller = granted,
        Capability::Operator => dossier.organization.capabilities.operator = granted,
    }
    organization::save(&mut tx, &mut dossier, &[])?;
    tx.commit().await?;
    Ok(Owner { user, organization: id, entitlement: dossier.organization.entitlement() })
}

fn session(app: &App, owner: Owner) -> Session {
    let actor = Actor {
        principal: Principal::User(owner.user),
        organization: Some(owner.organization),
        entitlement: owner.entitlement,
        permissions: SystemRole::Owner.permissions(),
        task: None,
    };
    Session::new(app.clone(), actor, RequestMeta::default(), None)
}
