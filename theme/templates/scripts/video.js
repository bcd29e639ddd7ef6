// A video elsewhere plays here once the visitor asks for it. Until then nothing is loaded from there; without this script
// the link leads to the video's own page.
for (const video of document.querySelectorAll("[data-video]")) {
  const link = video.querySelector("a");
  const note = video.querySelector(".video__note");
  note.firstChild.textContent = note.dataset.here;
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = Object.assign(document.createElement("iframe"), {
      className: "video__frame",
      src: video.dataset.video,
      title: video.dataset.title,
      allow: "autoplay; fullscreen; picture-in-picture",
      referrerPolicy: "strict-origin-when-cross-origin",
      sandbox: "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation",
    });
    link.replaceWith(frame);
    frame.focus();
  });
}
