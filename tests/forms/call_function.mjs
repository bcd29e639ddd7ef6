// Calls the Cloudflare function with the form given as JSON; prints its answer and what it would have sent.
const [, , file, form, mailer] = process.argv;
const { onRequestPost } = await import(file);
const sent = [];
globalThis.fetch = async (url, options) => {
  sent.push({ url, authorization: options.headers.authorization, ...JSON.parse(options.body) });
  return { ok: mailer === "up" };
};
const body = new URLSearchParams(JSON.parse(form));
const request = new Request("https://clinic.example.com/api/contact", { method: "POST", body });
const env = { RESEND_KEY: "secret", MAIL_FROM: "site@clinic.example.com", MAIL_TO: "hello@clinic.example.com" };
const answer = await onRequestPost({ request, env });
console.log(JSON.stringify({ status: answer.status, location: answer.headers.get("location"), words: await answer.text(), sent }));
