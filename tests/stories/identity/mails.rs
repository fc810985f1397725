//! Mails: queued with the change that they tell of, sent afterwards, tried again when they do not leave.

use std::fs;

use jiff::SignedDuration;
use tradehall::mail::deliver;
use tradehall_tests::{World, json, story};

use super::PASSWORD;

const EMAIL: &str = "ann@example.com";

async fn sign_up(world: &World, language: &str) {
    let input = json!({ "email": EMAIL, "fullName": "Nguyễn Ánh", "language": language });
    world.client().send("signUp", input).await.ok();
}

/// Puts a file where the directory of mails was, so that none can be written.
fn block(world: &World) {
    fs::remove_dir_all(world.mail.path()).unwrap();
    fs::write(world.mail.path(), "no directory").unwrap();
}

fn unblock(world: &World) {
    fs::remove_file(world.mail.path()).unwrap();
    fs::create_dir(world.mail.path()).unwrap();
}

story! {
    async fn a_mail_that_does_not_leave_is_tried_again(world) {
        sign_up(&world, "EN").await;
        block(&world);
        assert_eq!(deliver(&world.app).await.unwrap(), 0);
        unblock(&world);
        assert_eq!(world.mails(EMAIL).await.len(), 0, "not before a minute has passed");
        world.pass(SignedDuration::from_mins(1));
        let token = world.mailed_token(EMAIL).await;
        world.client().send("confirmAddress", json!({ "token": token, "password": PASSWORD })).await.ok();
        assert_eq!(deliver(&world.app).await.unwrap(), 0, "sent once");
    }
}

story! {
    async fn a_mail_is_given_up_in_the_end(world) {
        sign_up(&world, "EN").await;
        block(&world);
        for _ in 0..8 {
            assert_eq!(deliver(&world.app).await.unwrap(), 0);
            world.pass(SignedDuration::from_hours(6));
        }
        unblock(&world);
        world.pass(SignedDuration::from_hours(100));
        assert_eq!(world.mails(EMAIL).await.len(), 0);
    }
}

story! {
    async fn a_mail_speaks_the_language_of_its_reader(world) {
        sign_up(&world, "VI").await;
        let mails = world.mails(EMAIL).await;
        assert!(mails[0].contains("Xin chào Nguyễn Ánh"), "{}", mails[0]);
        assert!(mails[0].contains("From: Market <market@example.com>\r\n"));
        assert!(mails[0].contains("https://market.example/confirm-address#token=thc_"));
    }
}

story! {
    async fn what_was_refused_sends_nothing(world) {
        let input = json!({ "email": EMAIL, "fullName": "" });
        assert_eq!(world.client().send("signUp", input).await.refusal(), "TOO_SHORT");
        assert_eq!(deliver(&world.app).await.unwrap(), 0);
    }
}
