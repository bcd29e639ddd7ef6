// Reloads the open page as soon as the preview shows another version of the site.
const shown = document.currentScript.dataset.version;
let source;

function listen() {
  source?.close();
  source = new EventSource("/~preview/events");
  source.onmessage = (event) => {
    if (event.data !== shown) location.reload();
  };
  source.onerror = () => {
    // Some browsers give up when the server is gone for a moment; it comes back when the preview is started again.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

// A browser opens at most six connections to one server: pages in the background give theirs back.
function follow() {
  if (document.visibilityState === "visible") listen();
  else source?.close();
}

document.addEventListener("visibilitychange", follow);
follow();
