// Pages with a map: that of incidents, and the form of a place, where a click tells the position.
import { atlas } from "./atlas";
import { pick } from "./pick";

const container = document.getElementById("atlas");
if (container) void atlas(container);
const form = document.getElementById("pick");
if (form) void pick(form);
