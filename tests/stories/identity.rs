//! Identity: people sign up, in and out, and nobody else gets in.

mod enumeration;
mod limits;
mod lives;
mod passwords;
mod tokens;

use tradehall::identity::{NewUser, create_user};
use tradehall_domain::identity::User;
use tradehall_domain::language::Language;
use tradehall_tests::{Client, World, json};

/// A password that the policy takes.
pub const PASSWORD: &str = "a steady river of steel";

/// Somebody with an account.
pub async fn account(world: &World, email: &str) -> User {
    let language = Language::English;
    create_user(&world.app, NewUser { email, password: PASSWORD, full_name: "Lê Văn An", language, staff: false })
        .await
        .unwrap()
}

/// A login of theirs: a client that bears its access token, and the refresh token.
pub async fn login(world: &World, email: &str) -> (Client, serde_json::Value) {
    let input = json!({ "email": email, "password": PASSWORD });
    let granted = world.client().send("signIn", input).await.only();
    (world.client().bearing(&granted["accessToken"]["token"]), granted["refreshToken"]["token"].clone())
}
