// Leads a link to a comment to the page of the discussion that has it: links from elsewhere know the article alone.
(async () => {
  const places = document.querySelector("[data-places]")?.dataset.places;
  if (!places) return;
  const anchor = decodeURIComponent(location.hash.slice(1));
  if (!anchor.startsWith("comment--") || document.getElementById(anchor)) return;
  const pages = await (await fetch(places)).json();
  const [number] = Object.entries(pages).find(([, anchors]) => anchors.includes(anchor)) ?? [];
  const article = places.replace(/comments\.json$/, "");
  if (number) location.replace(`${article}${number > 1 ? `comments/${number}/` : ""}#${anchor}`);
})();
