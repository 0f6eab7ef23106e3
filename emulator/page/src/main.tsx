import { render } from "preact";
import { App } from "./app";
import "./theme.css";
import "./style.css";
import "./controls.css";

const root = document.getElementById("app");
if (root === null) throw new Error("the document has no element #app");
render(<App />, root);
