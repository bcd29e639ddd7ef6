// The provider's booking form, once the visitor asks for it; until then nothing is loaded from there.
for (const box of document.querySelectorAll(".booking-form")) {
  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => {
    const form = box.querySelector("template").content.firstElementChild;
    box.querySelector(".booking-form__ask").replaceWith(form);
    form.focus();
  });
}
