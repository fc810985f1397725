//! Files: an organization uploads them over a real socket, shows them to others, and nothing is left of what did not fit.

mod documents;
pub mod market;
mod receiving;
mod sharing;
mod sweeping;
mod walls;

use market::{Market, PDF};
use tradehall_tests::{json, story};

story! {
    async fn a_file_comes_back_as_it_went(world) {
        let market = Market::open(world).await;
        let buyer = market.world.buyer().await;
        let input = json!({ "input": { "fileName": "../Bản vẽ \"A\".pdf", "mediaType": "application/pdf", "size": PDF.len() } });
        let upload = buyer.run("requestUpload", input).await.only()["upload"].clone();
        assert_eq!(upload["fileName"], "Bản vẽ _A_.pdf");

        let sent = market.put(upload["url"].as_str().unwrap(), PDF).await;
        assert_eq!(sent.status, 201, "{sent:?}");
        let sent = sent.json();
        assert_eq!(sent["size"], PDF.len());

        let seen = buyer.run("attachment", json!({ "id": sent["attachmentId"] })).await;
        assert_eq!(seen.statements, 2, "the file and its owner");
        let file = seen.only();
        assert_eq!(file["sha256"], sent["sha256"]);
        assert_eq!(file["mediaType"], "application/pdf");
        assert_eq!(file["owner"]["name"], "Bách Hóa Buyer");
        assert_eq!(file["availableActions"][0]["allowed"], true);

        let got = market.get(file["url"].as_str().unwrap(), &[("accept-encoding", "gzip, br")]).await;
        assert_eq!((got.status, got.body.as_slice()), (200, PDF));
        assert_eq!(got.header("content-type"), "application/pdf");
        assert_eq!(got.header("content-length"), PDF.len().to_string());
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        assert_eq!(got.header("cache-control"), "private, max-age=900, no-transform");
        assert_eq!(
            got.header("content-disposition"),
            "attachment; filename=\"B_n v_ _A_.pdf\"; filename*=UTF-8''B%E1%BA%A3n%20v%E1%BA%BD%20_A_.pdf"
        );
    }
}

story! {
    async fn a_file_is_read_in_part_and_not_again_when_it_is_known(world) {
        let market = Market::open(world).await;
        let buyer = market.world.buyer().await;
        let id = market.upload(&buyer, "a.txt", "text/plain", b"0123456789").await;
        let url = market.link(&buyer, &id).await;
        for (range, status, body, named) in [
            ("bytes=2-4", 206, "234", "bytes 2-4/10"),
            ("bytes=7-", 206, "789", "bytes 7-9/10"),
            ("bytes=-2", 206, "89", "bytes 8-9/10"),
            ("bytes=5-99", 206, "56789", "bytes 5-9/10"),
            ("bytes=10-", 416, "", "bytes */10"),
            ("bytes=0-1,3-4", 200, "0123456789", ""),
            ("lines=1-2", 200, "0123456789", ""),
            ("nonsense", 200, "0123456789", ""),
        ] {
            let got = market.get(&url, &[("range", range)]).await;
            assert_eq!((got.status, got.text()), (status, body.to_owned()), "{range}");
            assert_eq!(got.header("content-range"), named, "{range}");
        }
        let tag = market.get(&url, &[]).await.header("etag").to_owned();
        let known = market.get(&url, &[("if-none-match", &tag)]).await;
        assert_eq!((known.status, known.text()), (304, String::new()));
        assert_eq!(market.get(&url, &[("range", "bytes=0-0"), ("if-range", &tag)]).await.text(), "0");
        assert_eq!(market.get(&url, &[("range", "bytes=0-0"), ("if-range", "\"old\"")]).await.status, 200);
        let head = market.send("HEAD", &url, &[], Vec::new()).await;
        assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, "10", 0));
        assert_eq!(market.send("DELETE", &url, &[], Vec::new()).await.status, 405);
    }
}

story! {
    async fn a_retried_request_answers_the_same_upload(world) {
        let market = Market::open(world).await;
        let buyer = market.world.buyer().await;
        let ask = async |size: usize| {
            let input = json!({ "fileName": "a.pdf", "mediaType": "application/pdf", "size": size, "idempotencyKey": "upload-0001" });
            buyer.run("requestUpload", json!({ "input": input })).await
        };
        let first = ask(PDF.len()).await.only();
        assert_eq!(ask(PDF.len()).await.only(), first);
        assert_eq!(ask(1).await.error(), "CONFLICT");
        assert_eq!(market.put(first["upload"]["url"].as_str().unwrap(), PDF).await.status, 201);
    }
}
