// A Cloudflare Pages Function: takes the contact form and the comment form in at /api/contact and sends what was written
// to the clinic by e-mail (Resend). A comment is sent as `make comment` reads it: save that e-mail as a file.
// Copy the folder `functions` beside the Makefile: Cloudflare looks for it at the top of the project, not in output/,
// and a folder dragged onto the dashboard has no functions (deploy from the repository, or with wrangler).
// Settings of the project, "Variables and Secrets": RESEND_KEY, MAIL_FROM (an address at a domain Resend knows), MAIL_TO.

const LONGEST = { name: 80, phone: 30, email: 120, preferred_time: 120 };
const LONGEST_OF_COMMENT = { name: 80, email: 120, consent: 3, in_reply_to: 120, article: 200 };
const LONGEST_COMMENT = 5000;
const LARGEST = 100_000; // bytes of a request: ten times what the longest comment needs
const KINDS = ["application/x-www-form-urlencoded", "multipart/form-data"];
const ADDRESS = /^[^\s@<>(),;:"\\[\]]{1,64}@[^\s@<>(),;:"\\[\]]{1,200}\.[^\s@<>(),;:"\\[\].]{2,}$/;
const PATIENCE = 10_000; // milliseconds for the mail service
const MOST = { messages: 5, within: 10 * 60_000 }; // of one visitor
const THANK_YOU = "/contact/thank-you/";
const CALL_US = "This could not be sent. Please call us instead.";
// Each of Cloudflare's machines counts for itself, and forgets when it rests: enough against a script that repeats itself.
// For a limit that holds everywhere, add a rate limiting rule for /api/contact in the dashboard.
const recent = new Map();

export async function onRequestPost({ request, env }) {
  if (isFromElsewhere(request)) return answer("Please send this from the form on our own site, or call us.", 403);
  let form;
  try {
    form = await read(request);
  } catch (refusal) {
    return answer(CALL_US, Number(refusal.message) || 400);
  }
  const written = (key) => (typeof form.get(key) === "string" ? form.get(key) : "");
  const comment = written("comment").trim().slice(0, LONGEST_COMMENT);
  const longest = comment ? LONGEST_OF_COMMENT : LONGEST;
  const said = (key) => [...written(key).replace(/[\s\p{Cc}]+/gu, " ").trim()].slice(0, longest[key]).join("");
  const failed = written("if_not_sent") || CALL_US;
  if (!written("website")) { // only robots fill that in; they need not know
    if (!said("name") || !(comment || said("phone") || said("email"))) {
      const how = "Please go back, and leave your name with a phone number or an e-mail address.";
      return answer(written("if_incomplete") || how, 400);
    }
    if (isTooOften(request.headers.get("cf-connecting-ip") ?? "")) return answer(failed, 429);
    if (!(await isSent(env, said("email"), comment ? aboutComment(comment, said) : aboutMessage(said)))) {
      return answer(failed, 502);
    }
  }
  return Response.redirect(new URL(THANK_YOU, request.url), 303);
}

// What a visitor gets who has opened the address itself, and a program that asks in another way.
export function onRequest() {
  const refused = answer(CALL_US, 405);
  refused.headers.set("allow", "POST");
  return refused;
}

// Browsers name where a form was sent from (Fetch, "Origin"); "null" is what they say where nobody is to know.
function isFromElsewhere(request) {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return true;
  return origin !== null && origin !== new URL(request.url).origin && !(origin === "null" && site === "same-origin");
}

// The fields of the form. Throws an Error whose message is the status: of another kind, too large, or broken.
async function read(request) {
  const kind = (request.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
  if (!KINDS.includes(kind)) throw new Error("415");
  if (Number(request.headers.get("content-length") ?? 0) > LARGEST) throw new Error("413");
  const parts = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > LARGEST) {
      await reader.cancel();
      throw new Error("413");
    }
    parts.push(part.value);
  }
  const headers = { "content-type": request.headers.get("content-type") };
  return new Response(new Blob(parts), { headers }).formData();
}

function isTooOften(visitor) {
  const now = Date.now();
  const before = (recent.get(visitor) ?? []).filter((moment) => now - moment < MOST.within);
  recent.delete(visitor); // so that those who were seen last stand at the end
  recent.set(visitor, [...before, now].slice(-MOST.messages - 1));
  if (recent.size > 1000) recent.delete(recent.keys().next().value);
  return before.length >= MOST.messages;
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

// An address that is none would have the mail service refuse the whole message: it stays in the text alone.
async function isSent(env, replyTo, message) {
  const whole = { from: env.MAIL_FROM, to: [env.MAIL_TO], ...message };
  if (ADDRESS.test(replyTo)) whole.reply_to = replyTo;
  try {
    const sent = await fetch("https://api.resend.com/emails", {
      method: "POST",
      headers: { authorization: `Bearer ${env.RESEND_KEY}`, "content-type": "application/json" },
      body: JSON.stringify(whole),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return sent.ok;
  } catch {
    return false;
  }
}
