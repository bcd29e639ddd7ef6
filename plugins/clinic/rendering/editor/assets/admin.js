// Starts the editor. What it reads and writes goes through format.js, so that nothing of the owner's files is lost.
import CMS from "./sveltia/npm/index.js";
import { formatOf } from "./format.js";

const shapes = await (await fetch("shapes.json")).json();
for (const [name, shape] of Object.entries(shapes)) {
  CMS.registerCustomFormat(name, shape.markdown ? "md" : "yaml", formatOf(shape));
}
CMS.init();
