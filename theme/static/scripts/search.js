// Looks words up in the index that was made with the site (Pagefind). Nothing is loaded before there is a word to look
// up, and nothing that is typed leaves this browser. Without this the page lists everything.
{
  const AT_ONCE = 10;
  const WAIT = 200; // milliseconds without a key
  const form = document.querySelector(".search-form");
  const field = form.elements.q;
  const box = document.querySelector(".search-results");
  const heading = box.querySelector("h2");
  const count = box.querySelector("[role=status]");
  const help = box.querySelector(".search-results__help[hidden]");
  const list = box.querySelector("ol");
  const more = box.querySelector("button");
  const everything = document.querySelector(".site-index");
  const counts = JSON.parse(box.dataset.counts);
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  let index;
  let turn = 0;
  let timer;
  let rest = [];
  let looked = [];

  const load = async () => {
    const pagefind = await import(new URL(box.dataset.index, location.href));
    await pagefind.options({ excerptLength: 26 });
    return pagefind;
  };

  const marked = (words) => Object.assign(document.createElement("mark"), { textContent: words });

  // Of Pagefind's markup only the marks are taken over; all else goes in as text.
  const excerptParts = (html) =>
    [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map((node) =>
      node.nodeName === "MARK" ? marked(node.textContent) : node.textContent);

  // Pagefind cuts a piece out of the text wherever it falls.
  const cut = (parts) => {
    const [first, last] = [parts.at(0), parts.at(-1)].map((part) => part.textContent ?? part);
    const whole = /[.!?…”"]\s*$/u.test(last);
    return [/^\s*\p{Ll}/u.test(first) ? "… " : "", ...parts, whole ? "" : " …"];
  };

  const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const alike = (word, term) => word.startsWith(term.slice(0, Math.max(3, term.length - 3)));
  const titleParts = (title, terms) =>
    title.split(/([\p{L}\p{N}]+)/u).map((part) =>
      terms.some((term) => part && alike(part.toLowerCase(), term)) ? marked(part) : part);

  // For a word that stands nowhere Pagefind takes ever shorter beginnings of it, down to its first letter. What it finds
  // then is nothing that anybody looked for; its best result tells.
  const fits = ({ content, meta }, terms) => {
    const words = wordsOf([meta.title, meta.author ?? "", content].join(" "));
    return terms.every((term) => words.some((word) => alike(word, term)));
  };

  // Optimal string alignment: how many letters are wrong, missing, too many or changed with the next one.
  const distance = (a, b) => {
    const rows = [[...Array(b.length + 1).keys()]];
    for (let i = 1; i <= a.length; i += 1) {
      rows[i] = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        rows[i][j] = Math.min(
          rows[i - 1][j] + 1,
          rows[i][j - 1] + 1,
          rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
          swapped ? rows[i - 2][j - 2] + 1 : Infinity,
        );
      }
    }
    return rows[a.length][b.length];
  };

  // The word of the site that is nearest to a misspelt one; of equally near ones, that of most pages.
  const near = (term, known) => {
    if (term.length < 4 || known.some((word) => word.startsWith(term))) return term;
    let [best, least] = [term, term.length < 6 ? 2 : 3];
    for (const word of known) {
      const wrong = Math.abs(word.length - term.length) < least ? distance(term, word) : least;
      if (wrong < least) [best, least] = [word, wrong];
    }
    return best;
  };

  // What to look for instead: the owner's synonyms first, then the words with their spelling put right.
  const others = async (terms) => {
    const { words, synonyms } = await (await fetch(new URL("words.json", new URL(box.dataset.index, location.href)))).json();
    const typed = terms.join(" ");
    const known = words.split(" ");
    const own = Object.entries(synonyms).flatMap(([phrase, instead]) =>
      ` ${typed} `.includes(` ${phrase} `) ? instead.map((other) => ` ${typed} `.replace(` ${phrase} `, ` ${other} `).trim()) : []);
    return [...own, terms.map((term) => near(term, known)).join(" ")].filter((other) => other !== typed);
  };

  // The results for words; none where what Pagefind found is nothing that anybody looked for.
  const resultsFor = async (words) => {
    const { results } = await (await index).search(words);
    return results.length && fits(await results[0].data(), wordsOf(words)) ? results : [];
  };

  const item = ({ url, excerpt, meta }, terms) => {
    const found = box.querySelector("template").content.cloneNode(true);
    const [kind, date] = found.querySelectorAll(".search-results__facts > *");
    found.querySelector("a").href = url.replace(/\.html$/, "/"); // the index has /post/x/ as /post/x.html
    found.querySelector("a").append(...titleParts(meta.title, terms));
    found.querySelector(".search-results__excerpt").append(...cut(excerptParts(excerpt)));
    kind.textContent = meta.kind;
    if (meta.date) date.append(Object.assign(document.createElement("time"), { dateTime: meta.date, textContent: meta.day }));
    else date.remove();
    return found;
  };

  const next = () => Promise.all(rest.splice(0, AT_ONCE).map((result) => result.data()));

  const add = (found, terms) => {
    list.hidden = false;
    list.append(...found.map((data) => item(data, terms)));
    more.hidden = !rest.length;
  };

  const say = (sentence, { helpful = false, results = 0 } = {}) => {
    count.textContent = sentence;
    help.hidden = !helpful;
    more.hidden = true;
    everything.hidden = results > 0;
    list.replaceChildren();
  };

  const look = async () => {
    clearTimeout(timer);
    const words = field.value.trim();
    const terms = wordsOf(words);
    const mine = ++turn;
    history.replaceState(null, "", words ? `?${new URLSearchParams({ q: words })}` : location.pathname);
    if (!words) return say("");
    try {
      index ??= load();
      let results = await resultsFor(words);
      let shown = words;
      if (!results.length) {
        for (const other of await others(terms).catch(() => [])) {
          results = await resultsFor(other);
          shown = other;
          if (results.length) break;
        }
      }
      if (mine !== turn) return;
      const number = results.length;
      rest = results;
      const found = await next(); // what is there stays until the new results stand in its place: nothing jumps
      if (mine !== turn) return;
      const isNear = number > 0 && shown !== words;
      const sentence = isNear ? box.dataset.near : number ? counts[plural.select(number)] ?? counts.other : box.dataset.none;
      say(filled(sentence, { count: number, words, other: shown }), { helpful: !number, results: number });
      looked = wordsOf(shown);
      add(found, looked);
    } catch {
      if (mine !== turn) return;
      index = undefined; // the line may be back at the next word
      say(box.dataset.fails, { helpful: true });
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await look();
    if (list.children.length) heading.focus(); // also puts a phone's keyboard away
  });
  more.addEventListener("click", async () => {
    const first = list.children.length;
    add(await next(), looked);
    list.children[first]?.querySelector("a").focus();
  });

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) look();
}
