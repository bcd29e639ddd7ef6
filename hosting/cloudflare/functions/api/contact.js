// A Cloudflare Pages Function: takes the contact form in at /api/contact and sends it to the clinic by e-mail (Resend).
// Copy the folder `functions` beside the Makefile: Cloudflare looks for it at the top of the project, not in output/,
// and a folder dragged onto the dashboard has no functions (deploy from the repository, or with wrangler).
// Settings of the project, "Variables and Secrets": RESEND_KEY, MAIL_FROM (an address at a domain Resend knows), MAIL_TO.

const LONGEST = { name: 80, phone: 30, email: 120, preferred_time: 120 };
const THANK_YOU = "/contact/thank-you/";

export async function onRequestPost({ request, env }) {
  const form = await request.formData();
  const said = (key) => String(form.get(key) ?? "").replace(/\s+/g, " ").trim().slice(0, LONGEST[key]);
  if (!form.get("website")) { // only robots fill that in; they need not know
    if (!said("name") || !(said("phone") || said("email"))) {
      return new Response("Please go back, and leave your name with a phone number or an e-mail address.", { status: 400 });
    }
    const sent = await send(env, said);
    if (!sent.ok) return new Response("This could not be sent. Please call us instead.", { status: 502 });
  }
  return Response.redirect(new URL(THANK_YOU, request.url), 303);
}

function send(env, said) {
  const lines = Object.keys(LONGEST).filter(said).map((key) => `${key.replace("_", " ")}: ${said(key)}`);
  const message = { from: env.MAIL_FROM, to: [env.MAIL_TO], subject: `Message from ${said("name")}`, text: lines.join("\n") };
  if (said("email")) message.reply_to = said("email");
  return fetch("https://api.resend.com/emails", {
    method: "POST",
    headers: { authorization: `Bearer ${env.RESEND_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(message),
  });
}
