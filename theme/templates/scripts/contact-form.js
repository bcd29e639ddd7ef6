// One of two ways to be reached is enough: HTML alone cannot ask for that. Without this the form is sent all the same.
for (const form of document.querySelectorAll("[data-one-of]")) {
  const ways = [...form.querySelectorAll("[data-way]")];
  const check = () => ways[0].setCustomValidity(ways.some((way) => way.value.trim()) ? "" : form.dataset.oneOf);
  form.addEventListener("input", check);
  form.querySelector("[type=submit]").addEventListener("click", check); // Enter is a click there too
}
