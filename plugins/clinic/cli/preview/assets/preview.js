// Reloads the open page as soon as the preview shows another version of it, and says while the site is being built.
const shown = document.currentScript.dataset.version;
const events = `/~preview/events?page=${encodeURIComponent(decodeURI(location.pathname))}`;
let source;
let badge;

// Only where it takes long enough to wonder; in a shadow root, so that the site's styles do not reach it.
function sayWhetherBuilding(isBuilding) {
  badge?.remove();
  badge = undefined;
  if (!isBuilding) return;
  badge = document.createElement("clinic-preview-status");
  badge.attachShadow({ mode: "open" }).innerHTML =
    '<link rel="stylesheet" href="/~preview/preview.css"><p class="building" role="status">Building the site …</p>';
  document.body.append(badge);
}

function listen() {
  source?.close();
  source = new EventSource(events);
  source.onmessage = (event) => {
    if (event.data !== shown) location.reload();
  };
  source.addEventListener("building", (event) => sayWhetherBuilding(event.data === "true"));
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
