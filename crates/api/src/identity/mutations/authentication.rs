//! Signing up, in and out.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use tradehall_domain::identity::SignUpDraft;
use tradehall_domain::language::Language;
use tradehall_domain::organization::Organization;

use super::super::flows::{self, Confirm, Grant, SignIn};
use super::super::limit;
use super::super::types::{Token, UserNode};
use crate::app::Error;
use crate::graphql::closed::Closed;
use crate::graphql::error::UserError;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::{Payload, payload};
use crate::graphql::scalar::DateTime;

payload! {
    /// What `signUp` and `resendConfirmation` answer: the same whether the address has an account or not.
    SignUpPayload {
        /// The address to which a mail goes, as it was read.
        email: String,
    }
}

payload! {
    /// What `confirmAddress` answers.
    ConfirmAddressPayload {
        /// The person whose account was opened; they sign in next.
        user: UserNode,
    }
}

/// What `signIn` and `refresh` answer.
#[derive(SimpleObject)]
pub struct GrantPayload {
    /// Goes into `Authorization: Bearer …` of each request.
    pub access_token: Option<Token>,
    /// Gets the next tokens by `refresh`; works once.
    pub refresh_token: Option<Token>,
    /// Who signed in.
    pub user: Option<UserNode>,
    /// When to try again, if there were too many attempts; null otherwise.
    pub retry_at: Option<DateTime>,
    /// Why there is no login; empty when there is one.
    pub user_errors: Vec<UserError>,
}

impl Payload for GrantPayload {
    type Objects = Grant;

    fn done(grant: Grant) -> Self {
        Self {
            access_token: Some(grant.access.into()),
            refresh_token: Some((grant.refresh, grant.refresh_expires_at).into()),
            user: Some(UserNode(grant.user)),
            retry_at: None,
            user_errors: Vec::new(),
        }
    }

    fn refused(user_errors: Vec<UserError>) -> Self {
        Self { access_token: None, refresh_token: None, user: None, retry_at: None, user_errors }
    }
}

payload! {
    /// What `signOut` answers.
    SignOutPayload {
        /// True: the login has ended.
        signed_out: bool,
    }
}

payload! {
    /// What `switchOrganization` answers.
    SwitchOrganizationPayload {
        /// Acts for the chosen organization; the earlier token goes on acting for the earlier one until it ends.
        access_token: Token,
    }
}

/// A person who wants an account. The password is chosen when the address is confirmed.
#[derive(InputObject)]
pub struct SignUpInput {
    /// The e-mail address, to which a link is mailed.
    pub email: String,
    /// What others will call them, 1 to 200 characters.
    pub full_name: String,
    /// The language of mails; left out, that of `Accept-Language`.
    pub language: Option<Closed<Language>>,
}

/// A sign-up whose mail did not arrive.
#[derive(Debug, InputObject)]
pub struct ResendConfirmationInput {
    /// The e-mail address.
    pub email: String,
}

/// The token of a mailed link, and what its reader chooses.
#[derive(InputObject)]
pub struct ConfirmAddressInput {
    /// The token, as the link carries it after `#token=`.
    pub token: String,
    /// The password of the account: 12 to 128 characters of any kind, not a common one, not the address or the name.
    pub password: String,
    /// What others will call them, 1 to 200 characters; left out, what the sign-up says.
    pub full_name: Option<String>,
}

/// A person who wants in.
#[derive(InputObject)]
pub struct SignInInput {
    /// The e-mail address; capitals do not matter.
    pub email: String,
    /// The account's password, as it was chosen; what it may hold is said where it is set.
    pub password: String,
    /// The organization to act for, of which the person must be a member; left out, their only one, or none until
    /// `switchOrganization`.
    pub organization_id: Option<GlobalId<Organization>>,
}

/// A login to continue.
#[derive(InputObject)]
pub struct RefreshInput {
    /// The refresh token that was handed out last.
    pub refresh_token: String,
}

/// A login to end.
#[derive(InputObject)]
pub struct SignOutInput {
    /// Any refresh token of the login; left out, the login of the request's own access token ends.
    pub refresh_token: Option<String>,
}

/// The organization to act for.
#[derive(Debug, InputObject)]
pub struct SwitchOrganizationInput {
    /// One of which the person is a member; null to act for oneself alone.
    pub organization_id: Option<GlobalId<Organization>>,
}

/// The root fields by which people come and go.
#[derive(Debug, Default)]
pub struct AuthenticationMutation;

#[Object]
impl AuthenticationMutation {
    /// Asks for an account; a link is mailed to the address. Needs nothing.
    async fn sign_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who asks.")] input: SignUpInput,
    ) -> Result<SignUpPayload> {
        let session = session(ctx)?;
        let language = input.language.map_or(session.language(), |language| language.0);
        let email = input.email.trim().to_owned();
        let draft = SignUpDraft { email: input.email, full_name: input.full_name, language };
        session.answer(flows::sign_up(session, &draft).await, |()| (email,))
    }

    /// Mails the link of a sign-up once more; the last link works. Needs nothing.
    async fn resend_confirmation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For which address.")] input: ResendConfirmationInput,
    ) -> Result<SignUpPayload> {
        let session = session(ctx)?;
        let outcome = flows::resend_confirmation(session, &input.email).await;
        session.answer(outcome, |()| (input.email.trim().to_owned(),))
    }

    /// Opens the account of a sign-up by the token that was mailed, with a password that is chosen now. Needs nothing.
    async fn confirm_address(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token and the password.")] input: ConfirmAddressInput,
    ) -> Result<ConfirmAddressPayload> {
        let session = session(ctx)?;
        let full_name = input.full_name.as_deref();
        let sent = Confirm { token: &input.token, password: &input.password, full_name };
        session.answer(flows::confirm_address(session, sent).await, |user| (UserNode(user),))
    }

    /// Begins a login. Failed attempts are limited by account and by network address. Needs nothing.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who wants in.")] input: SignInInput,
    ) -> Result<GrantPayload> {
        let organization = input.organization_id.map(|id| id.0);
        let ask = SignIn { email: &input.email, password: &input.password, organization };
        granted(ctx, flows::sign_in(session(ctx)?, ask).await)
    }

    /// Continues a login. A refresh token that comes a second time ends the whole login, for somebody else may hold it. Needs
    /// nothing but the token.
    async fn refresh(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token to use up.")] input: RefreshInput,
    ) -> Result<GrantPayload> {
        granted(ctx, flows::refresh(session(ctx)?, &input.refresh_token).await)
    }

    /// Ends a login with all its tokens, at once. Needs the login's access token or a refresh token of it.
    async fn sign_out(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which login.")] input: SignOutInput,
    ) -> Result<SignOutPayload> {
        let session = session(ctx)?;
        let outcome = flows::sign_out(session, input.refresh_token.as_deref()).await;
        session.answer(outcome, |()| (true,))
    }

    /// Acts for another organization from now on; ends nothing. Needs a person, and their membership there.
    async fn switch_organization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organization.")] input: SwitchOrganizationInput,
    ) -> Result<SwitchOrganizationPayload> {
        let session = session(ctx)?;
        let outcome = flows::switch_organization(session, input.organization_id.map(|id| id.0)).await;
        session.answer(outcome, |token| (Token::from(token),))
    }
}

fn granted(ctx: &Context<'_>, outcome: Result<Grant, Error>) -> Result<GrantPayload> {
    let retry_at = outcome.as_ref().err().and_then(limit::retry_at).map(DateTime);
    let payload: GrantPayload = session(ctx)?.answer(outcome, |grant| grant)?;
    Ok(GrantPayload { retry_at, ..payload })
}
