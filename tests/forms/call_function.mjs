// Calls the Cloudflare function with the form given as JSON; prints its answer and what it would have sent.
// `how` may give the `mailer` (up, down, or gone), `headers`, a `body` in place of the form, and the number of `calls`.
const [, , file, form, how] = process.argv;
const { mailer = "up", headers = {}, body, calls = 1 } = JSON.parse(how);
const { onRequestPost } = await import(file);
const sent = [];
globalThis.fetch = async (url, options) => {
  if (mailer === "gone") throw new TypeError("fetch failed");
  sent.push({ url, authorization: options.headers.authorization, ...JSON.parse(options.body) });
  return { ok: mailer === "up" };
};
const env = { RESEND_KEY: "secret", MAIL_FROM: "site@clinic.example.com", MAIL_TO: "hello@clinic.example.com" };
let answer;
for (let call = 0; call < calls; call += 1) {
  const options = { method: "POST", body: body ?? new URLSearchParams(JSON.parse(form)), headers };
  answer = await onRequestPost({ request: new Request("https://clinic.example.com/api/contact", options), env });
}
console.log(JSON.stringify({ status: answer.status, location: answer.headers.get("location"), words: await answer.text(), sent }));
