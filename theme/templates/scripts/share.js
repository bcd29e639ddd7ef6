// Copies the address of the article, or hands it to the phone's own list of ways to share, where the browser can.
for (const box of document.querySelectorAll(".share-links")) {
  const url = document.querySelector("link[rel=canonical]").href;
  const said = box.querySelector("[role=status]");
  const copy = box.querySelector("[data-copy]");
  const share = box.querySelector("[data-share]");
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(url);
      copy.textContent = said.textContent = copy.dataset.copy;
    } catch {
      said.className = "";
      said.textContent = url; // the browser lets no page copy, but people
    }
  });
  share.hidden = !navigator.share;
  for (const way of navigator.share ? [share, ...document.querySelectorAll('[href="#share-title"]')] : []) {
    way.addEventListener("click", (event) => {
      event.preventDefault();
      navigator.share({ title: document.querySelector("h1").textContent.trim(), url }).catch(() => {}); // they thought better of it
    });
  }
}
