// A Cloudflare Pages Function: takes the contact form and the comment form in at /api/contact and sends what was written
// to the clinic by e-mail (Resend). A comment is sent as `make comment` reads it: save that e-mail as a file.
// Copy the folder `functions` beside the Makefile: Cloudflare looks for it at the top of the project, not in output/,
// and a folder dragged onto the dashboard has no functions (deploy from the repository, or with wrangler).
// Settings of the project, "Variables and Secrets": RESEND_KEY, MAIL_FROM (an address at a domain Resend knows), MAIL_TO.

const LONGEST = { name: 80, phone: 30, email: 120, preferred_time: 120 };
const LONGEST_OF_COMMENT = { name: 80, email: 120, consent: 3, in_reply_to: 120, article: 200 };
const LONGEST_COMMENT = 5000;
const THANK_YOU = "/contact/thank-you/";

export async function onRequestPost({ request, env }) {
  const form = await request.formData();
  const comment = String(form.get("comment") ?? "").trim().slice(0, LONGEST_COMMENT);
  const longest = comment ? LONGEST_OF_COMMENT : LONGEST;
  const said = (key) => String(form.get(key) ?? "").replace(/\s+/g, " ").trim().slice(0, longest[key]);
  if (!form.get("website")) { // only robots fill that in; they need not know
    if (!said("name") || !(comment || said("phone") || said("email"))) {
      const how = "Please go back, and leave your name with a phone number or an e-mail address.";
      return answer(form.get("if_incomplete") ?? how, 400);
    }
    const sent = await send(env, said("email"), comment ? aboutComment(comment, said) : aboutMessage(said));
    if (!sent.ok) return answer(form.get("if_not_sent") ?? "This could not be sent. Please call us instead.", 502);
  }
  return Response.redirect(new URL(THANK_YOU, request.url), 303);
}

// What the visitor reads where it failed: the form brings the words, in the language of the site.
function answer(words, status) {
  const headers = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };
  return new Response(String(words).slice(0, 300), { status, headers });
}

function aboutMessage(said) {
  const lines = Object.keys(LONGEST).filter(said).map((key) => `${key.replace("_", " ")}: ${said(key)}`);
  return { subject: `Message from ${said("name")}`, text: lines.join("\n") };
}

function aboutComment(comment, said) {
  const lines = [
    `Name to show: ${said("name")}`,
    `May we publish it with this name? (yes/no): ${said("consent")}`,
    `In reply to: ${said("in_reply_to")}`,
    `Article: ${said("article")}`,
  ];
  return { subject: `Comment from ${said("name")}`, text: `${comment}\n\n${lines.join("\n")}` };
}

function send(env, replyTo, message) {
  const whole = { from: env.MAIL_FROM, to: [env.MAIL_TO], ...message };
  if (replyTo) whole.reply_to = replyTo;
  return fetch("https://api.resend.com/emails", {
    method: "POST",
    headers: { authorization: `Bearer ${env.RESEND_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(whole),
  });
}
