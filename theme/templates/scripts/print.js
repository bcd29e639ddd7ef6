// Buttons that print, and the day on paper, which a page that was built before it cannot know.
for (const button of document.querySelectorAll(".print-links__print")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
addEventListener("beforeprint", () => {
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date());
  for (const line of document.querySelectorAll("[data-printed]")) line.textContent = line.dataset.printed.replace("{day}", day);
});
