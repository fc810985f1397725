//! Changing and replacing passwords.

use async_graphql::{Context, InputObject, Object, Result};

use super::super::flows;
use super::super::types::UserNode;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

payload! {
    /// What `changePassword` and `resetPassword` answer.
    PasswordPayload {
        /// Whose password it is.
        user: UserNode,
    }
}

payload! {
    /// What `requestPasswordReset` answers: the same whether the address has an account or not.
    RequestPasswordResetPayload {
        /// The address to which a mail goes if it has an account, as it was read.
        email: String,
    }
}

/// A password to change.
#[derive(InputObject)]
pub struct ChangePasswordInput {
    /// The present password.
    pub current_password: String,
    /// The new one: 12 to 128 characters of any kind, not a common one, not the address or the name.
    pub new_password: String,
}

/// A password that was forgotten.
#[derive(Debug, InputObject)]
pub struct RequestPasswordResetInput {
    /// The e-mail address of the account.
    pub email: String,
}

/// A password to set through a mailed link.
#[derive(InputObject)]
pub struct ResetPasswordInput {
    /// The token, as the link carries it after `#token=`; it works once, for an hour.
    pub token: String,
    /// The new password: 12 to 128 characters of any kind, not a common one, not the address or the name.
    pub new_password: String,
}

/// The root fields that change passwords.
#[derive(Debug, Default)]
pub struct PasswordMutation;

#[Object]
impl PasswordMutation {
    /// Changes the viewer's password and ends their other logins. Needs a person.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The present and the new password.")] input: ChangePasswordInput,
    ) -> Result<PasswordPayload> {
        let session = session(ctx)?;
        let outcome = flows::change_password(session, &input.current_password, &input.new_password).await;
        session.answer(outcome, |user| (UserNode(user),))
    }

    /// Mails a link that replaces a forgotten password, if the address has an account. Needs nothing.
    async fn request_password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For which address.")] input: RequestPasswordResetInput,
    ) -> Result<RequestPasswordResetPayload> {
        let session = session(ctx)?;
        let outcome = flows::request_reset(session, &input.email).await;
        session.answer(outcome, |()| (input.email.trim().to_owned(),))
    }

    /// Replaces a forgotten password and ends every login of the account. Needs nothing but the mailed token.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token and the new password.")] input: ResetPasswordInput,
    ) -> Result<PasswordPayload> {
        let session = session(ctx)?;
        let outcome = flows::reset_password(session, &input.token, &input.new_password).await;
        session.answer(outcome, |user| (UserNode(user),))
    }
}
