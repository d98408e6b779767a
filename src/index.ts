export { loadConfig } from "./config/index.js";
